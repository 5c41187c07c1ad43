import { readdirSync, readFileSync } from 'fs';
import { join, posix, relative } from 'path';
import * as permissions from '../src/private/permissions';
import * as library from 'cdk-eks-node-role';

const SRC = join(__dirname, '..', 'src');

/** From the lowest on; a file imports from lower layers only. */
const LAYERS = [
  ['private/permissions', 'private/validation'],
  ['private/attached-policies', 'private/node-policy', 'private/role-props'],
  ['cni-ipv6-policy'],
  ['vpc-cni-ip-family'],
  ['container-registry-policy', 'vpc-cni-permissions', 'worker-node-policy'],
  ['eks-node-role'],
  ['index'],
];

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

test.each(FILES)('%s loads nothing but aws-iam, the core of the CDK and constructs', file => {
  const loaded = [...read(file).matchAll(/^import (?!type )[^]*? from '([^']+)'/gm)].map(match => match[1]);
  expect(loaded.filter(name => !name.startsWith('.') && !['aws-cdk-lib', 'aws-cdk-lib/aws-iam', 'constructs'].includes(name))).toEqual([]);
});

test('only the facts file names actions and principals', () => {
  const others = FILES.filter(file => file !== 'private/permissions');
  const code = (file: string) => read(file).replace(/\/\*\*[^]*?\*\//g, '').replace(/\/\/.*/g, '');
  expect(others.filter(file => /'[a-z0-9-]+:[A-Z]\w+'|\.amazonaws\.|'Amazon\w*(Policy|Only)'/.test(code(file)))).toEqual([]);
});

test('the public names are these', () => {
  expect(Object.keys(library).sort()).toEqual(['CniIpv6Policy', 'ContainerRegistryPolicy', 'EksNodeRole', 'VpcCniIpFamily', 'VpcCniPermissions', 'WorkerNodePolicy']);
  expect(library.VpcCniIpFamily).toEqual({ IPV4: 'IPV4', IPV6: 'IPV6', IPV4_AND_IPV6: 'IPV4_AND_IPV6' });
  expect(library.CniIpv6Policy.GUIDE_POLICY_NAME).toBe('AmazonEKS_CNI_IPv6_Policy');
});

describe('facts', () => {
  const actions = Object.values(permissions).filter((value): value is permissions.ActionFact[] => Array.isArray(value)).flat();

  test.each(actions)('$action has a reason, a source and a date', ({ action, reason, source, read: date }) => {
    expect(action).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/);
    expect(reason.length).toBeGreaterThan(10);
    expect(source).toMatch(/^https:\/\//);
    expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  test('there are facts', () => {
    expect(actions.length).toBeGreaterThan(15);
  });

  test('that are constants have a source and a date in their comment', () => {
    const constants = read('private/permissions').match(/^(.*\n)export const [A-Z_]+ = ['{]/gm) ?? [];
    expect(constants.length).toBeGreaterThan(10);
    expect(constants.filter(constant => !/\(read 20\d\d-\d\d-\d\d\)/.test(constant) && !/_(NAME|DESCRIPTION|PATH|SECONDS) = \{/.test(constant))).toEqual([]);
  });
});
