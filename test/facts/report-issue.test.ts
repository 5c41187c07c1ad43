import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';

const SCRIPT = join(__dirname, '..', '..', 'facts', 'report-issue.sh');

let bin: string;
beforeEach(() => { bin = mkdtempSync(join(tmpdir(), 'facts-')); });
afterEach(() => rmSync(bin, { recursive: true }));

/** What the script asks of GitHub, for an outcome of the check and an issue that is open already. */
function run(outcome: number, report: string, openIssue = '') {
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\nprintf '%s' '${report}'\nexit ${outcome}\n`, { mode: 0o755 });
  writeFileSync(join(bin, 'gh'), [
    '#!/bin/sh',
    `if [ "$2" = list ]; then echo '${openIssue}'; exit; fi`,
    `echo "$@" | sed 's: /.*::' >> ${bin}/asked`,
    `if [ "$2" != close ]; then for last; do :; done; cat "$last" > ${bin}/body; fi`,
  ].join('\n'), { mode: 0o755 });
  writeFileSync(join(bin, 'asked'), '');
  const { status } = spawnSync('bash', [SCRIPT], { env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` } });
  return { status, asked: readFileSync(join(bin, 'asked'), 'utf8').trim() };
}

test('opens an issue with the report where something moved', () => {
  expect(run(1, '## 1 moved')).toEqual({ status: 0, asked: 'issue create --title Facts moved --body-file' });
  expect(readFileSync(join(bin, 'body'), 'utf8')).toBe('## 1 moved');
});

test('updates the open one, a week later', () => {
  expect(run(1, '## 2 moved', '7')).toEqual({ status: 0, asked: 'issue edit 7 --body-file' });
  expect(readFileSync(join(bin, 'body'), 'utf8')).toBe('## 2 moved');
});

test('closes it where nothing moves any more, and asks nothing where there is none', () => {
  expect(run(0, 'Nothing moved', '7')).toEqual({ status: 0, asked: 'issue close 7 --comment Nothing moves any more.' });
  expect(run(0, 'Nothing moved')).toEqual({ status: 0, asked: '' });
});

test('offline fails the run and leaves the issue alone', () => {
  expect(run(3, '## offline', '7')).toEqual({ status: 3, asked: '' });
});

test('a check that broke opens nothing', () => {
  expect(run(1, '')).toEqual({ status: 1, asked: '' });
  expect(run(2, '')).toEqual({ status: 1, asked: '' });
});
