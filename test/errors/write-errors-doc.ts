import { writeFileSync } from 'fs';
import { errorsDoc } from './errors-doc';

writeFileSync('docs/errors.md', errorsDoc());
