import { expectAnyInput } from './any-input';
import { eksNodeRole } from './constructs';

test('EksNodeRole: 4,000 inputs give a sound template or an error', () => expectAnyInput('EksNodeRole', 4000, eksNodeRole));
