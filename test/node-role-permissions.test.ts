import { App, CfnCondition, CfnParameter, Fn, Mixins, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { awsManagedPolicyArn, importedCluster, newStack, onlyPolicyStatements, onlyRole, resourcesOf, resourceTypes, warningsOf } from './helpers';
import {
  ContainerRegistryPolicy, EksNodeRole, NodeRolePermissions, VpcCniIdentity, VpcCniIpFamily, VpcCniPermissions, VpcCniRole, WorkerNodePolicy,
} from 'cdk-eks-node-role';

const WORKER_NODE = awsManagedPolicyArn('AmazonEKSWorkerNodePolicy');
const READ_ONLY = awsManagedPolicyArn('AmazonEC2ContainerRegistryReadOnly');
const CNI = awsManagedPolicyArn('AmazonEKS_CNI_Policy');
const SSM = awsManagedPolicyArn('AmazonSSMManagedInstanceCore');

const EC2_TRUST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }] };

const aws = (name: string) => iam.ManagedPolicy.fromAwsManagedPolicyName(name);
const elsewhere = VpcCniPermissions.grantedElsewhere();

function ec2Role(stack: Stack, ...policies: string[]) {
  return new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'), managedPolicies: policies.map(aws) });
}

describe('adds what is missing', () => {
  test.each<[string, string[], unknown[]]>([
    ['to a role without policies', [], [WORKER_NODE, READ_ONLY]],
    ['after the policies that it has', ['CloudWatchAgentServerPolicy'], [awsManagedPolicyArn('CloudWatchAgentServerPolicy'), WORKER_NODE, READ_ONLY]],
    ['beside what it has of the set', ['AmazonEC2ContainerRegistryReadOnly'], [READ_ONLY, WORKER_NODE]],
    ['which is nothing on a complete role', ['AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryReadOnly'], [WORKER_NODE, CNI, READ_ONLY]],
  ])('%s', (_, policies, expected) => {
    const stack = newStack();
    ec2Role(stack, ...policies).with(new NodeRolePermissions());
    expect(resourcesOf(stack)).toEqual({ Role1ABCC5F0: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: EC2_TRUST, ManagedPolicyArns: expected } } });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('whichever way the ARN of what is there is written', () => {
    const stack = newStack();
    new iam.CfnRole(stack, 'Role', {
      assumeRolePolicyDocument: EC2_TRUST,
      managedPolicyArns: ['arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy', aws('AmazonEC2ContainerRegistryReadOnly').managedPolicyArn],
    }).with(new NodeRolePermissions());
    expect(onlyRole(stack).ManagedPolicyArns).toEqual(['arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy', READ_ONLY]);
  });

  test('once, where two choices bring the same policy', () => {
    const stack = newStack();
    ec2Role(stack).with(new NodeRolePermissions({
      workerNodePolicy: WorkerNodePolicy.custom({ managedPolicies: [aws('AmazonSSMManagedInstanceCore')], podIdentityAgent: false }),
      containerRegistryPolicy: ContainerRegistryPolicy.custom({
        managedPolicies: [iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Policy', 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore')],
      }),
      ssmSessionPermissions: true,
    }));
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([SSM]);
  });

  test('and keeps what is attached later', () => {
    const stack = newStack();
    const role = ec2Role(stack);
    role.with(new NodeRolePermissions());
    role.addManagedPolicy(aws('CloudWatchAgentServerPolicy'));
    role.addManagedPolicy(aws('AmazonEKSWorkerNodePolicy'));
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([awsManagedPolicyArn('CloudWatchAgentServerPolicy'), WORKER_NODE, READ_ONLY]);
  });

  test('by the choices that are given', () => {
    const stack = newStack();
    ec2Role(stack).with(new NodeRolePermissions({
      workerNodePolicy: WorkerNodePolicy.awsManagedMinimal(),
      containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
      ssmSessionPermissions: true,
      vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4_AND_IPV6 }),
    }));
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([
      awsManagedPolicyArn('AmazonEKSWorkerNodeMinimalPolicy'), awsManagedPolicyArn('AmazonEC2ContainerRegistryPullOnly'),
      CNI, { Ref: 'AmazonEKSCNIIPv6Policy3D9DEEEE' }, SSM,
    ]);
    expect(resourceTypes(stack)).toEqual(['AWS::IAM::ManagedPolicy', 'AWS::IAM::Role']);
  });

  test('statements in one customer managed policy that the role refers to', () => {
    const stack = newStack();
    const role = ec2Role(stack);
    role.with(new NodeRolePermissions({
      workerNodePolicy: WorkerNodePolicy.leastPrivilege(),
      containerRegistryPolicy: ContainerRegistryPolicy.leastPrivilege(),
    }));
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([{ Ref: 'RoleNodePolicy63CF0B69' }]);
    expect(onlyPolicyStatements(stack).map(({ Action }) => Action)).toEqual([
      ['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'eks:DescribeCluster', 'eks-auth:AssumeRoleForPodIdentity'],
      ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    ]);
    expect(JSON.stringify(resourcesOf(stack).RoleNodePolicy63CF0B69)).not.toContain('Role1ABCC5F0');
  });

  test('once, if it is applied twice', () => {
    const stack = newStack();
    const role = ec2Role(stack);
    const mixin = new NodeRolePermissions({ workerNodePolicy: WorkerNodePolicy.leastPrivilege() });
    role.with(mixin);
    stack.with(mixin);
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([READ_ONLY, { Ref: 'RoleNodePolicy63CF0B69' }]);
    expect(onlyPolicyStatements(stack)).toHaveLength(1);
  });

  test('the statements of two mixins in the same policy', () => {
    const stack = newStack();
    const statement = (action: string) => new iam.PolicyStatement({ actions: [action], resources: ['*'] });
    const workerNodePolicy = WorkerNodePolicy.custom({ statements: [statement('ec2:DescribeInstances')], podIdentityAgent: false });
    const containerRegistryPolicy = ContainerRegistryPolicy.custom({ statements: [statement('ecr:GetAuthorizationToken')] });
    const role = ec2Role(stack);
    role.with(new NodeRolePermissions({ workerNodePolicy }), new NodeRolePermissions({ containerRegistryPolicy }));
    expect(onlyPolicyStatements(stack).map(({ Action }) => Action)).toEqual(['ec2:DescribeInstances', 'ecr:GetAuthorizationToken']);
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([READ_ONLY, { Ref: 'RoleNodePolicy63CF0B69' }, WORKER_NODE]);
  });

  test('unless a statement names the role, which is an error', () => {
    const stack = newStack();
    const role = ec2Role(stack);
    const statements = [new iam.PolicyStatement({ actions: ['iam:GetRole'], resources: [role.roleArn] })];
    expect(() => role.with(new NodeRolePermissions({ workerNodePolicy: WorkerNodePolicy.custom({ statements }) }))).toThrow(
      /^statement is .*iam:GetRole.*, but it names the role, which refers to the policy: .* \[at Stack\/Role\/Resource\]$/);
    expect(resourceTypes(stack)).toEqual(['AWS::IAM::Role']);
  });

  test('where what is there may be one policy or another', () => {
    const stack = newStack();
    const condition = new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals('a', 'b') });
    const policy = Fn.conditionIf(condition.logicalId, aws('AmazonEKSWorkerNodePolicy').managedPolicyArn, aws('AmazonEC2FullAccess').managedPolicyArn);
    new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: EC2_TRUST, managedPolicyArns: [policy.toString()] }).with(new NodeRolePermissions());
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([{ 'Fn::If': ['Condition', WORKER_NODE, awsManagedPolicyArn('AmazonEC2FullAccess')] }, WORKER_NODE, READ_ONLY]);
  });

  test('but not to a list that only the deployment knows, which is an error', () => {
    const stack = newStack();
    const managedPolicyArns = new CfnParameter(stack, 'Arns', { type: 'List<String>' }).valueAsList;
    const role = new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: EC2_TRUST, managedPolicyArns });
    expect(() => role.with(new NodeRolePermissions())).toThrow(new Error(
      'managedPolicyArns is {"Ref":"Arns"}, but only the deployment knows which policies these are, and what is missing. ' +
      'Give the role a list of ARNs [at Stack/Role]'));
  });

  test('policies of other stacks too, which are imported', () => {
    const app = new App();
    const other = new Stack(app, 'Other');
    const statement = new iam.PolicyStatement({ actions: ['ec2:DescribeInstances'], resources: ['*'] });
    const policy = new iam.ManagedPolicy(other, 'Policy', { statements: [statement] });
    const stack = new Stack(app, 'Stack');
    const workerNodePolicy = WorkerNodePolicy.custom({ managedPolicies: [policy], podIdentityAgent: false });
    ec2Role(stack).with(new NodeRolePermissions({ workerNodePolicy }));
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([{ 'Fn::ImportValue': expect.stringContaining('Other:ExportsOutputRefPolicy') }, READ_ONLY]);
  });

  test('but no more than a role takes', () => {
    const stack = newStack();
    ec2Role(stack, ...Array.from({ length: 24 }, (_, i) => `Policy${i}`)).with(new NodeRolePermissions());
    expect(() => resourcesOf(stack)).toThrow('[Stack/Role/Resource] number of managed policies is 26, but a role takes 25 at most.');
  });
});

describe('the policy of the VPC CNI plugin', () => {
  test('stays as it is where nothing is said of it', () => {
    const stack = newStack();
    ec2Role(stack, 'AmazonEKS_CNI_Policy').with(new NodeRolePermissions());
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([CNI, WORKER_NODE, READ_ONLY]);
  });

  test.each<[string, (stack: Stack) => VpcCniPermissions]>([
    ['grantedElsewhere', () => elsewhere],
    ['onExistingRole', stack => VpcCniPermissions.onExistingRole(new VpcCniRole(new Stack(stack, 'Other'), 'VpcCniRole', { identity: VpcCniIdentity.podIdentity() }))],
  ])('is taken off with %s, also if it is attached later', (_, choose) => {
    const stack = newStack();
    const role = ec2Role(stack, 'AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'CloudWatchAgentServerPolicy');
    role.with(new NodeRolePermissions({ vpcCni: choose(stack) }));
    role.addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Literal', 'arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy'));
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, awsManagedPolicyArn('CloudWatchAgentServerPolicy'), READ_ONLY]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is taken off alone, where it may be that one or another', () => {
    const stack = newStack();
    const condition = new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals('a', 'b') });
    const policy = Fn.conditionIf(condition.logicalId, aws('AmazonEC2FullAccess').managedPolicyArn, aws('AmazonEKS_CNI_Policy').managedPolicyArn);
    new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: EC2_TRUST, managedPolicyArns: [policy.toString()] })
      .with(new NodeRolePermissions({ vpcCni: elsewhere }));
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([{ 'Fn::If': ['Condition', awsManagedPolicyArn('AmazonEC2FullAccess'), CNI] }, WORKER_NODE, READ_ONLY]);
  });

  test('is added with onNodeRole', () => {
    const stack = newStack();
    ec2Role(stack).with(new NodeRolePermissions({ vpcCni: VpcCniPermissions.onNodeRole() }));
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, READ_ONLY, CNI]);
  });

  test('on a role of its own: the node role waits for the association', () => {
    const stack = newStack();
    const cniRole = new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity({ cluster: importedCluster(stack) }) });
    ec2Role(stack).with(new NodeRolePermissions({ vpcCni: VpcCniPermissions.onExistingRole(cniRole) }));
    expect(resourcesOf(stack).Role1ABCC5F0.DependsOn).toEqual([stack.getLogicalId(cniRole.association!)]);
  });

  test('on a role that is still to be made is an error', () => {
    const vpcCni = VpcCniPermissions.onSeparateRole({ identity: VpcCniIdentity.podIdentity() });
    expect(() => new NodeRolePermissions({ vpcCni })).toThrow(new Error(
      'vpcCni is "VpcCniPermissions.onSeparateRole()", but the mixin has no place for the role that it makes. ' +
      'Make a VpcCniRole and give VpcCniPermissions.onExistingRole() with it [at NodeRolePermissions]'));
  });
});

describe('the role of a node group that the CDK made', () => {
  const newVpc = (stack: Stack) => new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
  const options = { subnets: { subnetType: ec2.SubnetType.PUBLIC } };

  test.each<[string, (stack: Stack) => eks.Nodegroup | eksv2.Nodegroup]>([
    ['aws-eks', stack => new eks.Nodegroup(stack, 'Nodegroup', {
      ...options, cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'cluster', vpc: newVpc(stack) }),
    })],
    ['aws-eks-v2', stack => new eksv2.Nodegroup(stack, 'Nodegroup', {
      ...options, cluster: eksv2.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'cluster', vpc: newVpc(stack) }),
    })],
  ])('of %s loses the policy of the plugin, and changes in nothing else', (_, makeNodegroup) => {
    const plain = newStack();
    makeNodegroup(plain);
    const before = resourcesOf(plain);
    const stack = newStack();
    makeNodegroup(stack).with(new NodeRolePermissions({ vpcCni: elsewhere, ssmSessionPermissions: true }));
    const { NodegroupNodeGroupRole038A128B: role, ...others } = resourcesOf(stack);
    const { NodegroupNodeGroupRole038A128B: roleBefore, ...othersBefore } = before;
    expect(others).toEqual(othersBefore);
    expect(roleBefore.Properties.ManagedPolicyArns).toEqual([WORKER_NODE, CNI, READ_ONLY]);
    expect(role).toEqual({ ...roleBefore, Properties: { ...roleBefore.Properties, ManagedPolicyArns: [WORKER_NODE, READ_ONLY, SSM] } });
  });

  test('in an IPv6 cluster keeps the policy that the CDK made beside it', () => {
    const stack = newStack();
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'cluster', vpc: newVpc(stack), ipFamily: eks.IpFamily.IP_V6 });
    new eks.Nodegroup(stack, 'Nodegroup', { ...options, cluster }).with(new NodeRolePermissions({ vpcCni: elsewhere }));
    expect(resourceTypes(stack)).toContain('AWS::IAM::Policy');
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, READ_ONLY]);
  });
});

describe('applied to a stack', () => {
  test('changes the roles that EC2 may assume, and no other', () => {
    const stack = newStack('cn-north-1');
    const trusting = (id: string, ...principals: iam.IPrincipal[]) =>
      new iam.Role(stack, id, { assumedBy: principals.length > 1 ? new iam.CompositePrincipal(...principals) : principals[0] });
    const service = (name: string) => iam.ServicePrincipal.fromStaticServicePrincipleName(name);
    const l1 = (id: string, Statement: unknown) => new iam.CfnRole(stack, id, { assumeRolePolicyDocument: { Version: '2012-10-17', Statement } });

    trusting('Ec2', service('ec2.amazonaws.com'));
    trusting('Ec2InChina', service('ec2.amazonaws.com.cn'));
    trusting('Ec2AndSsm', service('ssm.amazonaws.com'), service('ec2.amazonaws.com'));
    l1('Ec2OfPartition', { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: { 'Fn::Sub': 'ec2.${AWS::URLSuffix}' } } });
    l1('Ec2ByJoin', [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [`ec2.${stack.urlSuffix}`] } }]);
    l1('Ec2InList', [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ssm.amazonaws.com', 'ec2.amazonaws.com'] } }]);
    trusting('Cluster', service('eks.amazonaws.com'));
    trusting('Fargate', service('eks-fargate-pods.amazonaws.com'));
    trusting('Account', new iam.AccountRootPrincipal());
    l1('NotEc2', [{ Effect: 'Deny', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }]);
    l1('OthersThanOne', [{ Effect: 'Allow', Action: 'sts:AssumeRole', NotPrincipal: { AWS: '111122223333' } }]);
    l1('Everyone', [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }]);
    new iam.CfnRole(stack, 'Empty', { assumeRolePolicyDocument: {} });
    const oidcProvider = new iam.OidcProviderNative(stack, 'Provider', { url: 'https://oidc.eks.cn-north-1.amazonaws.com.cn/id/A' });
    new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.irsa({ oidcProvider }) });

    stack.with(new NodeRolePermissions());
    const changed = Object.entries(resourcesOf(stack))
      .filter(([, { Properties }]) => Properties.ManagedPolicyArns?.length === 2)
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(changed).toEqual(['Ec2', 'Ec2InChina', 'Ec2AndSsm', 'Ec2OfPartition', 'Ec2ByJoin', 'Ec2InList']);
  });

  test('with a cluster of aws-eks and its node group changes the role of the nodes alone', () => {
    const stack = newStack();
    const kubectlLayer = iam.Role.fromRoleArn(new Stack(undefined, 'Elsewhere'), 'Unused', 'arn:aws:iam::111122223333:role/unused') as never;
    new eks.Cluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_32, kubectlLayer, defaultCapacity: 1 });
    stack.with(new NodeRolePermissions({ ssmSessionPermissions: true }));
    const changed = Object.entries(resourcesOf(stack)).filter(([, resource]) => JSON.stringify(resource).includes('AmazonSSMManagedInstanceCore')).map(([id]) => id);
    expect(changed).toEqual(['ClusterNodegroupDefaultCapacityNodeGroupRole55953B04']);
  });

  test('with a cluster of aws-eks-v2 closes no cycle: the nodes of Auto Mode, whose role the cluster needs, wait for nothing', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
    const cluster = new eksv2.Cluster(stack, 'Cluster', { version: eksv2.KubernetesVersion.V1_32, vpc, vpcSubnets: [{ subnetType: ec2.SubnetType.PUBLIC }] });
    const cniRole = new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity({ cluster }) });
    ec2Role(stack);
    stack.with(new NodeRolePermissions({ vpcCni: VpcCniPermissions.onExistingRole(cniRole) }));
    const roles = Object.entries(resourcesOf(stack)).filter(([, { Properties }]) => JSON.stringify(Properties.AssumeRolePolicyDocument)?.includes('ec2.amazonaws.com'));
    expect(roles.map(([id, { DependsOn }]) => [id.replace(/[0-9A-F]{8}$/, ''), DependsOn])).toEqual([
      ['ClusterClusternodePoolRole', undefined],
      ['Role', [stack.getLogicalId(cniRole.association!)]],
    ]);
  });

  test('changes a role once of which a construct stands in that may not update it', () => {
    const stack = newStack();
    const standIn = ec2Role(stack).withoutPolicyUpdates();
    stack.with(new NodeRolePermissions());
    standIn.with(new NodeRolePermissions());
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, READ_ONLY]);
  });

  test('changes a role that came into being at its first use, and lets one be that has not', () => {
    const stack = newStack();
    const assumedBy = new iam.ServicePrincipal('ec2.amazonaws.com');
    void new iam.LazyRole(stack, 'Used', { assumedBy }).roleArn;
    new iam.LazyRole(stack, 'Unused', { assumedBy });
    stack.with(new NodeRolePermissions());
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, READ_ONLY]);
  });

  test('leaves an EksNodeRole as it is, which has what it needs', () => {
    const stack = newStack();
    new EksNodeRole(stack, 'NodeRole', { vpcCni: elsewhere });
    stack.with(new NodeRolePermissions());
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, READ_ONLY]);
  });

  test('is reported by Mixins.requireAny where it changed nothing', () => {
    const stack = newStack();
    new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('eks.amazonaws.com') });
    expect(() => Mixins.of(stack).requireAny().apply(new NodeRolePermissions())).toThrow();
  });
});

test('applyTo takes the role and its resource', () => {
  const stack = newStack();
  const role = ec2Role(stack);
  const mixin = new NodeRolePermissions();
  mixin.applyTo(role);
  mixin.applyTo(role.node.defaultChild!);
  expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, READ_ONLY]);
});

describe('a role that it cannot change is an error', () => {
  const message = (path: string) =>
    `role is "${path}", but it is not in the templates of this app, so that its policies can't be changed. ` +
    `Apply NodeRolePermissions where the role is made, or to the other roles one by one [at ${path}]`;

  test.each<[string, iam.FromRoleArnOptions]>([['imported', {}], ['imported and immutable', { mutable: false }]])('%s', (_, options) => {
    const stack = newStack();
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/nodes', options);
    expect(() => role.with(new NodeRolePermissions())).toThrow(new Error(message('Stack/Role')));
  });

  test('imported, in a stack that it is applied to', () => {
    const stack = newStack();
    iam.Role.fromRoleName(stack, 'Role', 'nodes');
    expect(() => stack.with(new NodeRolePermissions())).toThrow(new Error(message('Stack/Role')));
  });

  test('kept out of the template by Role.customizeRoles', () => {
    const stack = newStack('us-east-1');
    iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/Role': 'precreated' } });
    const role = ec2Role(stack);
    expect(() => role.with(new NodeRolePermissions())).toThrow(new Error(message('Stack/Role')));
  });
});
