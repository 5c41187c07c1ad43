import { writeFileSync } from 'fs';
import { rulesDoc } from './rules-doc';

writeFileSync('docs/rules.md', rulesDoc());
