import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { webOf } from './web';
import { check, due, observe, Recorded } from '../../facts/check';
import { ACTIONS, datedFacts, MANAGED_POLICIES } from '../../facts/facts';
import { SourceGone, SourceUnreachable } from '../../facts/fetch';
import { exitCode, report } from '../../facts/report';
import { SOURCES } from '../../facts/sources';

const ROOT = join(__dirname, '..', '..');
const RECORDED: Recorded = JSON.parse(readFileSync(join(ROOT, 'facts', 'recorded.json'), 'utf8'));
const TODAY = '2026-11-24';

/** What moves for someone whose facts are of one day when the sources are of another. */
async function movesBetween(before: string, after: string) {
  const recorded: Recorded = {};
  for (const source of SOURCES) { recorded[source.id] = await observe(source, webOf(before)); }
  const { moves } = await check(SOURCES.map(source => ({ ...source, expected: undefined })), recorded, webOf(after));
  return moves.map(({ source, ...move }) => ({ source: source.id, ...move }));
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/** What moves for today's facts. */
async function movesOfToday(changes: Record<string, string | Error>) {
  const { moves } = await check(SOURCES, RECORDED, webOf(TODAY, changes));
  return moves.map(({ source, ...move }) => ({ source: source.id, ...move }));
}

test('nothing moved where the sources say what the facts say', async () => {
  const result = { ...await check(SOURCES, RECORDED, webOf(TODAY)), due: due(datedFacts(), SOURCES, TODAY) };
  expect(result).toEqual({ moves: [], due: [], unreachable: [] });
  expect(exitCode(result)).toBe(0);
  expect(report(result)).toBe('Nothing moved: the facts are as their sources say.');
});

describe('what AWS changed from 2024 to 2026', () => {
  test.each([
    ['2024-03-04', 'AmazonEKS_CNI_Policy', 'changed', ['version v5', 'ec2:DescribeSubnets on *'], ['version v4']],
    ['2024-10-02', 'AmazonEKSWorkerNodeMinimalPolicy', 'new', ['version v1', 'eks-auth:AssumeRoleForPodIdentity on *'], []],
    ['2024-10-04', 'AmazonEC2ContainerRegistryPullOnly', 'new', [
      'version v1',
      'ecr:BatchGetImage on *',
      'ecr:BatchImportUpstreamImage on *',
      'ecr:GetAuthorizationToken on *',
      'ecr:GetDownloadUrlForLayer on *',
    ], []],
    ['2026-03-04', 'AmazonEKS_CNI_Policy', 'changed', ['version v6', 'ec2:DescribeSecurityGroups on *'], ['version v5']],
  ])('%s, AWS managed policies: %s is %s', async (since, subject, kind, added, removed) => {
    expect(await movesBetween(dayBefore(since), since)).toEqual([{ source: 'aws-managed-policies', subject, kind, since, added, removed }]);
  });

  test.each([
    ['2024-12-02', 'eks-user-guide-create-node-role', 'attached policies', ['AmazonEC2ContainerRegistryPullOnly'], ['AmazonEC2ContainerRegistryReadOnly']],
    ['2026-06-02', 'vpc-cni-iam-policy', 'IPv6 mode', ['ec2:DescribeSecurityGroups on *', 'ec2:DescribeSubnets on *'], []],
    ['2026-07-09', 'eks-user-guide-ipv6-policy', 'AmazonEKS_CNI_IPv6_Policy', ['ec2:DescribeSecurityGroups on *', 'ec2:DescribeSubnets on *'], []],
  ])('%s, %s: %s', async (since, source, subject, added, removed) => {
    expect(await movesBetween(dayBefore(since), since)).toEqual([{ source, subject, kind: 'changed', since, added, removed }]);
  });

  test('2024-12-12: the guide writes its trust policy with lists, which means the same', async () => {
    expect(await movesBetween('2024-12-11', '2024-12-12')).toEqual([]);
  });

  test('from the mirror as it was stored: v5 is one version behind', async () => {
    const stored = readFileSync(join(__dirname, 'recordings', 'iam-dataset.17976bdf.json'), 'utf8');
    expect(await movesOfToday({ 'managedpolicies/AmazonEKS_CNI_Policy.json': stored })).toMatchObject([
      { since: '2024-03-04', added: ['version v5'], removed: ['version v6', 'ec2:DescribeSecurityGroups on *'] },
    ]);
  });

  test('and nothing else', async () => {
    expect(await movesBetween('2024-01-01', TODAY)).toHaveLength(6); // the seven above, two of which are of one policy
    expect(await movesBetween(TODAY, TODAY)).toEqual([]);
  });
});

describe('what may move next, from the facts of today', () => {
  test('the VPC CNI plugin wants another action in IPv6 mode', async () => {
    const { moves } = await check(SOURCES, RECORDED, webOf('2027-01-01'));
    expect(moves).toMatchObject([{ subject: 'IPv6 mode', kind: 'changed', since: '2027-01-01', added: ['ec2:ModifyNetworkInterfaceAttribute on *'], removed: [] }]);
    expect(report({ moves, due: [], unreachable: [] })).toBe([
      '## 1 moved',
      '',
      '- **IPv6 mode** has changed, since 2027-01-01: https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/iam-policy.md#ipv6-mode',
      '  - now: `ec2:ModifyNetworkInterfaceAttribute on *`',
      '  - to do: Change `CNI_IPV6` or `CNI_IPV6_TAGS` and their date, with the reason that the plugin needs it.',
      '',
    ].join('\n'));
  });

  test('an action is withdrawn', async () => {
    const reference = JSON.stringify({ Actions: [{ Name: 'AssumeRole' }] });
    expect(await movesOfToday({ '/eks-auth.json': reference })).toMatchObject([
      { source: 'service-authorization-reference', subject: 'eks-auth', kind: 'changed', removed: ['eks-auth:AssumeRoleForPodIdentity'] },
    ]);
  });

  test('a service is withdrawn', async () => {
    expect(await movesOfToday({ '/eks-auth.json': new SourceGone('gone') })).toMatchObject([{ subject: 'eks-auth', kind: 'gone' }]);
  });

  test('a managed policy is withdrawn', async () => {
    expect(await movesOfToday({ 'AmazonEKSWorkerNodePolicy.json': new SourceGone('gone') })).toMatchObject([
      { subject: 'AmazonEKSWorkerNodePolicy', kind: 'gone', since: undefined },
    ]);
  });

  test('a managed policy is marked as deprecated, or bound to a condition', async () => {
    const statement = { Effect: 'Allow', Action: 'eks-auth:AssumeRoleForPodIdentity', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': true } } };
    const policy = { version: 'v1', createdate: '2026-12-01T00:00:00Z', deprecated: true, document: { Statement: statement } };
    expect(await movesOfToday({ 'AmazonEKSWorkerNodeMinimalPolicy.json': JSON.stringify(policy) })).toMatchObject([{
      kind: 'changed',
      since: '2026-12-01',
      removed: ['eks-auth:AssumeRoleForPodIdentity on *'],
      added: ['deprecated', 'eks-auth:AssumeRoleForPodIdentity on * if {"Bool":{"aws:SecureTransport":true}}'],
    }]);
  });

  test('AWS publishes a managed policy for IPv6', async () => {
    const tree = [...Object.keys(RECORDED['aws-managed-policies']), 'AmazonEKS_CNI_IPv6_Policy'].map(name => ({ path: `${name}.json` }));
    expect(await movesOfToday({ '/git/trees/': JSON.stringify({ tree }) })).toMatchObject([{ subject: 'AmazonEKS_CNI_IPv6_Policy', kind: 'new' }]);
  });

  test('a limit changes', async () => {
    const model = JSON.parse(await webOf(TODAY)('https://example.com/service-2.json'));
    model.shapes.roleNameType.max = 128;
    expect(await movesOfToday({ 'service-2.json': JSON.stringify(model) })).toMatchObject([
      { subject: 'roleNameType', kind: 'changed', added: ['max 128'], removed: ['max 64'] },
    ]);
  });

  test('a document is no longer where it was, or no longer reads', async () => {
    expect(await movesOfToday({ 'docs/iam-policy.md': new SourceGone('gone') })).toMatchObject([{ subject: 'IPv6 mode', kind: 'gone' }]);
    expect(await movesOfToday({ 'docs/iam-policy.md': '# IAM Policy\n' })).toMatchObject([{ subject: 'IPv6 mode', kind: 'gone' }]);
    expect(await movesOfToday({ 'CNI_IPv6_Policy.json': 'include::elsewhere[]' })).toMatchObject([
      { source: 'eks-user-guide-ipv6-policy', kind: 'changed', added: [expect.stringContaining('could not be read: ')] },
    ]);
  });
});

describe('offline', () => {
  const offline = new SourceUnreachable('https://example.com: getaddrinfo ENOTFOUND');

  test('says so and has an exit code of its own', async () => {
    const result = { ...await check(SOURCES, RECORDED, webOf(TODAY, { '': offline })), due: [] };
    expect(result.moves).toEqual([]);
    expect(result.unreachable).toHaveLength(SOURCES.length);
    expect(exitCode(result)).toBe(3);
    expect(report(result)).toContain(`## offline: ${SOURCES.length} could not be asked`);
  });

  test('what moved comes before a source that could not be asked', async () => {
    const result = { ...await check(SOURCES, RECORDED, webOf('2027-01-01', { servicereference: offline })), due: [] };
    expect(result.unreachable).toHaveLength(1);
    expect(exitCode(result)).toBe(1);
  });

  test('a move counts although nobody tells since when', async () => {
    const { moves } = await check(SOURCES, RECORDED, webOf('2027-01-01', { '/commits?': offline }));
    expect(report({ moves, due: [], unreachable: [] })).toContain('has changed, since it was read');
  });
});

describe('facts without a machine-readable source', () => {
  const nodeadm = { fact: 'NODE_NAME', source: 'https://github.com/awslabs/amazon-eks-ami/tree/81fec2e8/nodeadm', read: '2025-11-23' };

  test('are named when they were read over a year ago', () => {
    expect(due([nodeadm], SOURCES, TODAY)).toEqual([nodeadm]);
    expect(due([nodeadm], SOURCES, '2026-11-23')).toEqual([]);
    const result = { moves: [], due: [nodeadm], unreachable: [] };
    expect(exitCode(result)).toBe(1);
    expect(report(result)).toContain(`- \`NODE_NAME\`, read 2025-11-23: ${nodeadm.source}`);
  });

  test('others are not, since their source is asked', () => {
    expect(due([{ ...nodeadm, source: 'https://github.com/aws/amazon-vpc-cni-k8s/blob/b5218838/docs/iam-policy.md' }], SOURCES, TODAY)).toEqual([]);
  });

  test('are found in the lists of the facts file and in its comments', () => {
    const facts = datedFacts();
    expect(facts).toContainEqual(expect.objectContaining({ fact: 'NODE_NAME: ec2:DescribeInstances', source: nodeadm.source }));
    expect(facts).toContainEqual(expect.objectContaining({ fact: 'EC2', source: 'https://github.com/pulumi/pulumi-eks/issues/2341' }));
    expect(facts).toContainEqual(expect.objectContaining({ fact: 'POLICY_CHARACTERS' }));
    expect(facts).toContainEqual(expect.objectContaining({ source: 'botocore 1.44.5, data/iam/2010-05-08/service-2.json' }));
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
      .map(file => readFileSync(join(ROOT, 'src', file), 'utf8')).join('');
    expect(facts.filter(({ fact }) => !ACTIONS.some(action => fact.endsWith(action)))).toHaveLength(files.match(/\(read /g)!.length);
  });
});

test('every managed policy that the library attaches is recorded with its statements', () => {
  expect(MANAGED_POLICIES.length).toBeGreaterThan(5);
  expect(MANAGED_POLICIES.filter(name => !RECORDED['aws-managed-policies'][name]?.length)).toEqual([]);
});
