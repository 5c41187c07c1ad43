import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

const WORKFLOWS = join(__dirname, '..', '.github', 'workflows');

interface Job { uses: string[]; grants: string[]; text: string }

/** The jobs of a workflow by name. */
function jobsOf(file: string): [string, Job][] {
  const [, jobs] = readFileSync(join(WORKFLOWS, file), 'utf8').split(/^jobs:$/m);
  return [...jobs.matchAll(/^  ([\w-]+):\n((?:    .*\n|\n)+)/gm)].map(([, name, text]) => [name, {
    text,
    uses: [...text.matchAll(/uses: (\S+)/g)].map(match => match[1]),
    grants: (/^    permissions:\n((?:      .*\n)+)/m.exec(text)?.[1] ?? 'missing').trim().split(/\n\s*/),
  }]);
}

const JOBS = readdirSync(WORKFLOWS).flatMap(file => jobsOf(file).map(([name, job]) => ({ name: `${file}: ${name}`, ...job })));

test('the workflows are these', () => {
  expect(readdirSync(WORKFLOWS).sort()).toEqual(['build.yml', 'facts.yml', 'proofs.yml', 'pull-request-lint.yml', 'release.yml', 'upgrade-main.yml']);
  expect(JOBS.length).toBeGreaterThan(15);
});

test.each(JOBS)('$name runs only actions pinned by digest, of known origin', ({ uses }) => {
  expect(uses.filter(action => !/^(actions|amannn|peter-evans)\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

test('who may do more than read', () => {
  const writes = JOBS.map(({ name, grants }) => [name, grants.filter(grant => !grant.endsWith(': read'))] as const).filter(([, grants]) => grants.length > 0);
  expect(Object.fromEntries(writes)).toEqual({
    'facts.yml: facts': ['issues: write'],
    'pull-request-lint.yml: validate': ['pull-requests: write'],
    'release.yml: release_github': ['contents: write', 'issues: write'],
    'release.yml: release_npm': ['id-token: write', 'issues: write'],
    'release.yml: release_maven': ['issues: write'],
    'release.yml: release_pypi': ['id-token: write', 'issues: write'],
    'release.yml: release_nuget': ['id-token: write', 'issues: write'],
    'release.yml: release_golang': ['issues: write'],
  });
});

test('whatever publishes does it from the release environment', () => {
  const publishing = JOBS.filter(({ name }) => name.startsWith('release.yml: release_'));
  expect(publishing).toHaveLength(6);
  expect(publishing.filter(({ text }) => !/^    environment: release$/m.test(text))).toEqual([]);
});

test('no token of npm, PyPI or NuGet is stored', () => {
  const secrets = JOBS.flatMap(({ text }) => [...text.matchAll(/secrets\.(\w+)/g)].map(match => match[1]));
  expect([...new Set(secrets)].filter(secret => /NPM|TWINE|NUGET_API/.test(secret))).toEqual([]);
});
