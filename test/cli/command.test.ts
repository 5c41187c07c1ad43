import { allow, Answers, arnOf, CNI_ROLE, document, failure, fakeAccount, FakeRole, GUIDE_ROLE, trust } from './fake-account';
import { CallError, Calls } from '../../src/cli/calls';
import { run, Surroundings } from '../../src/cli/command';
import { sdk, SdkMissing } from '../../src/cli/sdk';
import { ACCOUNT_READS, ACCOUNT_READS_OF_CLUSTERS } from '../../src/private/audited-permissions';

/** Runs the command in an account. */
async function command(args: string[], roles: FakeRole[] = [GUIDE_ROLE, CNI_ROLE], answers: Answers = {}, more: Partial<Surroundings> = {}) {
  let [stdout, stderr] = ['', ''];
  const env: Record<string, string | undefined> = {};
  const sent = new Set<string>();
  const code = await run(args, {
    stdout: { write: text => { stdout += text; } },
    stderr: { write: text => { stderr += text; } },
    env,
    connect: () => fakeAccount(roles, answers, sent),
    ...more,
  });
  return { code, stdout, stderr, env, sent };
}

/** What a check says as JSON: by role the rules that have this status. */
async function statuses(status: string, roles: FakeRole[], answers: Answers = {}, ...args: string[]) {
  const { code, stdout, stderr } = await command(['check', '--json', ...args], roles, answers);
  expect(stderr).toBe('');
  const idsOf = (role: any) => role.rules.filter((rule: any) => rule.status === status).map((rule: any) => rule.id);
  return { code, ...Object.fromEntries(JSON.parse(stdout).roles.map((role: any) => [role.name, idsOf(role)])) };
}

describe('arguments', () => {
  test('--help says what there is, and the permissions that it needs', async () => {
    const { code, stdout } = await command(['--help']);
    expect(code).toBe(0);
    const needed = [...ACCOUNT_READS, ...ACCOUNT_READS_OF_CLUSTERS].map(({ action }) => action);
    expect(stdout.match(/^ {2}(iam|eks):\w+/gm)!.map(action => action.trim())).toEqual(needed);
    expect(stdout.split('\n').filter(line => line.length > 110)).toEqual([]);
  });

  test.each([
    [[], 'a command is missing'],
    [['chek'], 'there is no command chek'],
    [['check', '--all', 'Role'], '--all goes without names'],
    [['check', '--colour'], 'Unknown option \'--colour\''],
  ])('%j can not be understood', async (args, words) => {
    const { code, stdout, stderr } = await command(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(stderr).toContain('--help');
  });

  test('the profile goes to the SDK by its variable, the region to its clients', async () => {
    const regions: unknown[] = [];
    const connect = (region: string | undefined) => {
      regions.push(region);
      return fakeAccount([GUIDE_ROLE]);
    };
    const { env } = await command(['check', '--profile', 'admin', '--region', 'eu-west-1'], [], {}, { connect });
    expect(env.AWS_PROFILE).toBe('admin');
    expect(regions).toEqual(['eu-west-1']);
  });
});

describe('the roles that are checked', () => {
  const other = { ...GUIDE_ROLE, name: 'other' };

  test('without names: those that contain a name of the guide', async () => {
    expect(await statuses('error', [{ ...GUIDE_ROLE, name: 'eksctl-x-NodeInstanceRole-1' }, GUIDE_ROLE, other, CNI_ROLE]))
      .toEqual({ 'code': 0, 'eksctl-x-NodeInstanceRole-1': [], 'AmazonEKSNodeRole': [] });
  });

  test('by name', async () => {
    expect(await statuses('error', [GUIDE_ROLE, other, CNI_ROLE], {}, 'other', CNI_ROLE.name)).toEqual({ code: 0, other: [], AmazonEKSVPCCNIRole: [] });
  });

  test('none of that name', async () => {
    const result = await command(['check', 'nobody', 'other'], [other]);
    expect(result).toMatchObject({ code: 2, stdout: '', stderr: 'cdk-eks-node-role: the account has no role nobody\n' });
    expect(await command(['check'], [other])).toMatchObject({ code: 2, stderr: expect.stringContaining('no role whose name contains eksNodeRole') });
  });

  test('--all: those of node groups, and the plugin\'s', async () => {
    expect(await statuses('error', [GUIDE_ROLE, other, CNI_ROLE], clusterAnswers({ nodeRole: arnOf('other') }), '--all')).toEqual({ code: 0, other: [], AmazonEKSVPCCNIRole: [] });
  });
});

describe('what is found', () => {
  test('by line, with fix and summary', async () => {
    const { code, stdout } = await command(['check'], [{ ...GUIDE_ROLE, trust: trust('eks.amazonaws.com') }, CNI_ROLE]);
    expect(code).toBe(1);
    expect(stdout).toContain('AmazonEKSNodeRole (EC2 nodes, arn:aws:iam::111122223333:role/AmazonEKSNodeRole)\n  ok           NodeRoleIsClusterRole\n');
    expect(stdout).toContain('  error        NodeRoleTrust: The trust relationship of a node role is not EC2 alone: ec2.amazonaws.com can not assume it: it trusts eks.amazonaws.com\n');
    expect(stdout).toContain('  not visible  NodeRolePolicyOrdering: only templates show what waits for a policy\n');
    expect(stdout).toMatch(/\n1 role checked: 1 error, 0 warning, 2 not visible, 13 ok\n$/);
  });

  test('of several roles', async () => {
    const { stdout } = await command(['check', GUIDE_ROLE.name, 'other'], [GUIDE_ROLE, { ...GUIDE_ROLE, name: 'other' }, CNI_ROLE]);
    expect(stdout).toContain('2 roles checked');
  });

  test('of inline policies and of one\'s own', async () => {
    const role = { ...GUIDE_ROLE, inline: { wide: document(allow('*')) }, attached: [...GUIDE_ROLE.attached!, 'arn:aws:iam::111122223333:policy/own'] };
    expect(await statuses('error', [role, CNI_ROLE])).toEqual({ code: 1, AmazonEKSNodeRole: ['NodeRoleOverPrivileged'] });
  });

  test('a warning is no error', async () => {
    expect(await statuses('warning', [GUIDE_ROLE])).toEqual({ code: 0, AmazonEKSNodeRole: ['NodeRoleVpcCniPermissions'] });
  });

  test('with what clusters tell', async () => {
    const arn = arnOf(GUIDE_ROLE.name);
    const answers = clusterAnswers({ nodeRole: arn, roleArn: arn, podExecutionRoleArn: arn, amiTypes: ['AL2023_x86_64_STANDARD', 'WINDOWS_CORE_2022_x86_64'] });
    expect(await statuses('error', [GUIDE_ROLE, CNI_ROLE], answers)).toEqual({
      code: 1, AmazonEKSNodeRole: ['NodeRoleIsClusterRole', 'NodeRoleIsFargateRole', 'NodeRoleOperatingSystems'],
    });
  });

  test('the entry that EKS makes for a node group is not a second one', async () => {
    const answers = clusterAnswers({ nodeRole: arnOf(GUIDE_ROLE.name), authenticationMode: 'API', entries: { [arnOf(GUIDE_ROLE.name)]: 'EC2_LINUX' } });
    expect(await statuses('error', [GUIDE_ROLE, CNI_ROLE], answers)).toEqual({ code: 0, AmazonEKSNodeRole: [] });
  });

  test.each([
    ['Auto Mode nodes', { computeConfig: { nodeRoleArn: arnOf('AmazonEKSNodeRole') } }],
    ['Auto Mode nodes', { entries: { [arnOf('AmazonEKSNodeRole')]: 'EC2' } }],
    ['hybrid nodes', { entries: { [arnOf('AmazonEKSNodeRole')]: 'HYBRID_LINUX' } }],
    ['EC2 nodes', { entries: { [arnOf('AmazonEKSNodeRole')]: 'STANDARD' } }],
  ])('%s are told by %j', async (kind, cluster) => {
    const { stdout } = await command(['check', '--json'], [GUIDE_ROLE, CNI_ROLE], clusterAnswers({ authenticationMode: 'API', ...cluster }));
    expect(JSON.parse(stdout).roles.map((role: any) => role.kind)).toEqual([kind]);
  });

  test.each([
    ['the add-on', { serviceAccountRoleArn: arnOf('for-cni') }],
    ['an association', { associationRoleArn: arnOf('for-cni') }],
  ])('the plugin gets its permissions by %s', async (_, cluster) => {
    const role = { name: 'for-cni', trust: trust('pods.eks.amazonaws.com'), attached: ['AmazonEKS_CNI_Policy'] };
    expect(await statuses('warning', [GUIDE_ROLE, role], clusterAnswers(cluster))).toEqual({ code: 0, AmazonEKSNodeRole: [] });
  });
});

describe('what can not be seen', () => {
  test('is said where EKS may not be read', async () => {
    const denied = { ListClusters: () => { throw failure('AccessDeniedException'); } };
    const { code, stdout } = await command(['check'], [GUIDE_ROLE], denied);
    expect(code).toBe(0);
    expect(stdout).toContain('  not visible  NodeRoleIsClusterRole: eks:ListClusters is not permitted\n');
    expect(stdout).toContain('  not visible  NodeRoleVpcCniPermissions: eks:ListClusters is not permitted\n');
    expect(stdout).toContain('  ok           NodeRoleTrust\n');
  });

  test('is said where a part may not be read, and where EKS does not know a call', async () => {
    const answers = {
      ...clusterAnswers({ nodeRole: arnOf(GUIDE_ROLE.name), authenticationMode: 'API' }),
      ...Object.fromEntries(['DescribeCluster', 'ListAddons', 'DescribeNodegroup', 'ListFargateProfiles'].map(name => [name, () => { throw failure('AccessDenied'); }])),
      ListAccessEntries: () => { throw failure('InvalidRequestException', 'not in this mode'); },
    };
    const { stdout } = await command(['check'], [GUIDE_ROLE, CNI_ROLE], answers);
    expect(stdout).toContain('NodeRoleIsFargateRole: eks:DescribeCluster is not permitted, eks:DescribeNodegroup is not permitted, eks:ListAccessEntries failed, ' +
      'eks:ListAddons is not permitted, eks:ListFargateProfiles is not permitted\n');
  });

  test.each([
    ['ListRoles', failure('AccessDenied', 'no'), 'not permitted to call iam:ListRoles'],
    ['ListAttachedRolePolicies', failure('AccessDenied', 'no'), 'not permitted to call iam:ListAttachedRolePolicies'],
    ['ListRoles', failure('CredentialsProviderError', 'none'), 'no valid credentials. Sign in, or name a profile with --profile (iam:ListRoles: none)'],
    ['ListClusters', failure('ExpiredTokenException', 'expired'), 'no valid credentials'],
    ['ListClusters', failure('ThrottlingException', 'Rate exceeded'), 'AWS limits the rate of calls. Try again later (eks:ListClusters: Rate exceeded)'],
    ['ListRoles', failure('Error', 'Region is missing'), 'no region. Name one with --region'],
    ['ListRoles', Object.assign(new Error(''), { code: 'ECONNREFUSED' }), 'AWS can not be reached (iam:ListRoles: Error)'],
    ['ListRoles', failure('ServiceFailure', 'broken'), 'a call failed (iam:ListRoles: broken)'],
  ])('%s fails: %s', async (operation, error, words) => {
    const { code, stdout, stderr } = await command(['check'], [GUIDE_ROLE], { [operation]: () => { throw error; } });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`could not check: ${words}`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('what nobody expects is told in one line too', async () => {
    const { code, stderr } = await command(['check'], [], {}, { connect: () => { throw new Error('unexpected'); } });
    expect([code, stderr]).toEqual([2, 'cdk-eks-node-role: could not check: unexpected\n']);
  });
});

describe('calls', () => {
  test('all that are made are listed among the permissions', async () => {
    const arn = arnOf(GUIDE_ROLE.name);
    const role = { ...GUIDE_ROLE, inline: { more: document(allow('s3:GetObject')) } };
    const answers = clusterAnswers({
      nodeRole: arn, podExecutionRoleArn: arn, serviceAccountRoleArn: arn, associationRoleArn: arn, authenticationMode: 'API', entries: { [arn]: 'EC2_LINUX' },
    });
    const { sent } = await command(['check'], [role], answers);
    expect([...sent].sort()).toEqual([...ACCOUNT_READS, ...ACCOUNT_READS_OF_CLUSTERS].map(({ action }) => action).sort());
  });

  test('at most four are in flight', async () => {
    let [inFlight, most] = [0, 0];
    const calls = new Calls(async () => {
      most = Math.max(most, ++inFlight);
      await new Promise(resolve => setImmediate(resolve));
      inFlight--;
    });
    await Promise.all([...Array(20).keys()].map(() => calls.one('iam', 'ListRoles', {})));
    expect([most, calls.answered]).toEqual([4, 20]);
  });

  test('progress is shown on a terminal after a second, and wiped', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const shown: string[] = [];
    const stderr = { isTTY: true, write: (text: string) => shown.push(text) };
    const connect = () => fakeAccount([GUIDE_ROLE, CNI_ROLE], { ListClusters: () => { jest.advanceTimersByTime(1000); return { clusters: [] }; } });
    await command(['check'], [], {}, { stderr, connect });
    jest.useRealTimers();
    expect(shown).toEqual([expect.stringMatching(/^\rReading the account: \d+ calls$/), '\r\u001b[K']);
  });
});

describe('the AWS SDK', () => {
  test('sends commands by their name', async () => {
    class Client {
      constructor(public readonly options: object) {}
      public send(sent: any) { return [this.options, sent]; }
    }
    class ListRolesCommand { constructor(public readonly input: object) {} }
    const send = sdk('eu-west-1', () => ({ IAMClient: Client, EKSClient: Client, ListRolesCommand }));
    expect(await send('iam', 'ListRoles', { Marker: 'x' })).toEqual([{ region: 'eu-west-1', retryMode: 'adaptive', maxAttempts: 8 }, { input: { Marker: 'x' } }]);
  });

  test('is loaded from where it is installed', () => {
    expect(sdk('eu-west-1')).toBeInstanceOf(Function);
  });

  test('that is not installed is asked for', () => {
    expect(() => sdk(undefined, () => { throw Object.assign(new Error(''), { code: 'MODULE_NOT_FOUND' }); })).toThrow(SdkMissing);
    expect(new SdkMissing().message).toContain('npm install --save-dev @aws-sdk/client-iam @aws-sdk/client-eks');
    expect(() => sdk(undefined, () => { throw new Error('broken'); })).toThrow('broken');
  });

  test('that is not installed makes the command say so', async () => {
    const connect = () => { throw new SdkMissing(); };
    expect(await command(['check'], [], {}, { connect })).toMatchObject({ code: 2, stderr: expect.stringContaining('Install it: npm install') });
  });
});

test('the executable runs the command', async () => {
  const [argv, exitCode, write] = [process.argv, process.exitCode, jest.spyOn(process.stdout, 'write').mockReturnValue(true)];
  process.argv = ['node', 'main', '--help'];
  jest.requireActual('../../src/cli/main');
  await new Promise(resolve => setImmediate(resolve));
  process.argv = argv;
  expect(write).toHaveBeenCalledWith(expect.stringMatching(/^Usage: /));
  write.mockRestore();
  expect(process.exitCode).toBe(0);
  process.exitCode = exitCode;
});

test('a failed call keeps its action', () => {
  expect(new CallError('iam:ListRoles', failure('Unknown'))).toMatchObject({ action: 'iam:ListRoles', message: 'Unknown', failure: undefined, denied: false });
});

interface FakeCluster {
  readonly nodeRole?: string;
  readonly roleArn?: string;
  readonly podExecutionRoleArn?: string;
  readonly serviceAccountRoleArn?: string;
  readonly associationRoleArn?: string;
  readonly authenticationMode?: string;
  readonly amiTypes?: string[];
  readonly entries?: Record<string, string>;
  readonly computeConfig?: object;
}

/** What EKS answers of one cluster. */
function clusterAnswers(cluster: FakeCluster): Answers {
  const { authenticationMode = 'CONFIG_MAP', amiTypes = ['AL2023_x86_64_STANDARD'], entries = {}, computeConfig } = cluster;
  const named = (value: unknown, name: string) => value === undefined ? [] : [name];
  return {
    ListClusters: ({ nextToken }) => nextToken ? { clusters: ['my-cluster'] } : { nextToken: 'more' },
    DescribeCluster: () => ({
      cluster: {
        roleArn: cluster.roleArn ?? arnOf('cluster'), accessConfig: { authenticationMode }, kubernetesNetworkConfig: { ipFamily: 'ipv4' }, computeConfig,
      },
    }),
    ListNodegroups: () => ({ nodegroups: cluster.nodeRole === undefined ? [] : amiTypes }),
    DescribeNodegroup: ({ nodegroupName }) => ({ nodegroup: { nodeRole: cluster.nodeRole, amiType: nodegroupName } }),
    ListFargateProfiles: () => ({ fargateProfileNames: named(cluster.podExecutionRoleArn, 'profile') }),
    DescribeFargateProfile: () => ({ fargateProfile: { podExecutionRoleArn: cluster.podExecutionRoleArn } }),
    ListAccessEntries: () => ({ accessEntries: Object.keys(entries) }),
    DescribeAccessEntry: ({ principalArn }) => ({ accessEntry: { type: entries[principalArn] } }),
    ListAddons: () => ({ addons: ['eks-pod-identity-agent', 'vpc-cni'] }),
    DescribeAddon: () => ({ addon: { serviceAccountRoleArn: cluster.serviceAccountRoleArn } }),
    ListPodIdentityAssociations: () => ({ associations: named(cluster.associationRoleArn, 'a-1').map(associationId => ({ associationId })) }),
    DescribePodIdentityAssociation: () => ({ association: { roleArn: cluster.associationRoleArn } }),
  };
}
