import { readdirSync, readFileSync } from 'fs';
import { join, posix, relative } from 'path';

const SRC = join(__dirname, '..', 'src');

/** What AWS says, with source and date. */
const FACTS = ['private/audited-permissions', 'private/limits', 'private/partitions', 'private/permissions', 'private/principals'];

/** From the lowest on; a file imports from lower layers only. */
const LAYERS = [
  ['private/all-or-nothing', 'private/declarations', 'private/permissions', 'private/limits', 'private/partitions', 'private/validation', 'private/identity'],
  ['private/audited-permissions', 'private/environment', 'private/principals', 'private/managed-policy-arns', 'private/attached-policies', 'private/statements-policy', 'private/role-props'],
  ['private/role-construct', 'cni-ipv6-policy'],
  ['vpc-cni-ip-family', 'vpc-cni-identity'],
  ['vpc-cni-role'],
  ['container-registry-policy', 'hybrid-node-credentials', 'node-access-entry', 'node-instance-profile', 'node-operating-system', 'vpc-cni-permissions', 'worker-node-policy'],
  ['eks-auto-mode-node-role', 'eks-node-role', 'node-role-permissions'],
  ['eks-hybrid-node-role'],

  // What the validator and the command line read.
  ['private/node-role-model'],
  ['private/policy-evaluation', 'private/template-values'],
  ['private/policy-documents', 'private/template-resources'],
  ['private/rules/attached-policies', 'private/rules/cluster-access', 'private/rules/permissions', 'private/rules/separate-roles', 'private/rules/vpc-cni'],
  ['private/node-role-rules', 'private/template-clusters', 'private/template-ids'],
  ['private/template-policies', 'private/template-uses'],
  ['private/template-inventory'],
  ['private/acknowledgements', 'private/app-templates'],
  ['node-role-validator'],
  ['index'],

  // The command line, which nothing else loads.
  ['cli/arguments', 'cli/calls'],
  ['cli/account-clusters', 'cli/report', 'cli/sdk'],
  ['cli/account-inventory'],
  ['cli/command'],
  ['cli/main'],
];

/** What files load beside the core of the CDK, aws-iam and constructs. */
const MORE: Record<string, string[]> = {
  'private/app-templates': ['fs', 'path'],
  'cli/arguments': ['util'],
  'cli/sdk': ['module'],
};

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => relative('.', file).replace(/\\/g, '/').replace(/\.ts$/, ''));

function read(file: string): string {
  return readFileSync(join(SRC, `${file}.ts`), 'utf8');
}

function importsOf(file: string): string[] {
  return [...read(file).matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)].map(match => match[1]);
}

function layerOf(file: string): number {
  return LAYERS.findIndex(layer => layer.includes(file));
}

test('every source file has its place in one layer', () => {
  expect(LAYERS.flat().sort()).toEqual([...FILES].sort());
});

test.each(FILES)('%s imports from lower layers only', file => {
  const wrong = importsOf(file)
    .filter(name => name.startsWith('.'))
    .map(name => posix.join(posix.dirname(file), name))
    .filter(target => !(layerOf(target) >= 0 && layerOf(target) < layerOf(file)));
  expect(wrong).toEqual([]);
});

test.each(FILES)('%s loads nothing but aws-iam, aws-eks, the core of the CDK and constructs', file => {
  const loaded = [...read(file).matchAll(/^import (?!type )[^]*? from '([^']+)'/gm)].map(match => match[1]);
  const allowed = ['aws-cdk-lib', 'aws-cdk-lib/aws-eks', 'aws-cdk-lib/aws-iam', 'constructs', ...MORE[file] ?? []];
  // The index of aws-eks loads nothing before a class of it is touched.
  expect(loaded.filter(name => !name.startsWith('.') && !allowed.includes(name))).toEqual([]);
});

test('loading the package touches nothing of aws-eks', () => {
  const touched: PropertyKey[] = [];
  jest.isolateModules(() => {
    jest.doMock('aws-cdk-lib/aws-eks', () => new Proxy({}, { get: (_, name) => name === '__esModule' || touched.push(name) }));
    jest.requireActual('../src');
  });
  expect(touched).toEqual([]);
});

test('nothing that the library loads belongs to the command line', () => {
  const loaded = new Set(['index']);
  for (const file of loaded) {
    importsOf(file).filter(name => name.startsWith('.')).forEach(name => loaded.add(posix.join(posix.dirname(file), name)));
  }
  expect([...loaded].filter(file => file.startsWith('cli/'))).toEqual([]);
  expect([...loaded].sort()).toEqual(FILES.filter(file => !file.startsWith('cli/')).sort());
});

test('only the facts files name actions and principals', () => {
  const others = FILES.filter(file => !FACTS.includes(file));
  const code = (file: string) => read(file).replace(/\/\*\*[^]*?\*\//g, '').replace(/\/\/.*/g, '');
  expect(others.filter(file => /'[a-z0-9-]+:[A-Z]\w+'|\.amazonaws\.|'Amazon\w*(Policy|Only)'/.test(code(file)))).toEqual([]);
});

test.each(FACTS)('facts in %s that are no actions have a source and a date beside them', file => {
  const blocks = read(file).split(/\n\n/).filter(block => /'(Amazon\w+|[\w.]+\.amazonaws\.com[\w.]*|(aws|iam|ssm|sts):\w+.*|kube-system)'|\['aws-cn'|pattern:|max:| = \d/.test(block));
  expect(blocks).not.toEqual([]);
  expect(blocks.filter(block => !/\(read 20\d\d-\d\d-\d\d\)/.test(block) && !/ = actions\(/.test(block))).toEqual([]);
});
