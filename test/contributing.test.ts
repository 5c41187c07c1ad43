import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

const ROOT = join(__dirname, '..');
const PAGE = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');

test('the map has every public source file, and none that is gone', () => {
  const mapped = [...PAGE.matchAll(/^src\/([\w-]+\.ts) /gm)].map(match => match[1]);
  expect(mapped.sort()).toEqual(readdirSync(join(ROOT, 'src')).filter(file => file.endsWith('.ts')).sort());
});

test('every command exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const named = [...PAGE.matchAll(/`npm (?:run )?([\w:]+)`/g)].map(match => match[1]);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter(name => !(name in scripts))).toEqual([]);
});

test('every decision is in the list and has its evidence', () => {
  const records = readdirSync(join(ROOT, 'docs', 'adr')).filter(file => /^\d{4}-/.test(file));
  const list = readFileSync(join(ROOT, 'docs', 'adr', 'README.md'), 'utf8');
  expect(records.length).toBeGreaterThanOrEqual(11);
  expect(records.filter(file => !list.includes(`(${file})`))).toEqual([]);
  expect(records.filter(file => !/^## Evidence\n\n- /m.test(readFileSync(join(ROOT, 'docs', 'adr', file), 'utf8')))).toEqual([]);
});
