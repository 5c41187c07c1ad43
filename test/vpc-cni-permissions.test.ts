import { Annotations, App, CfnResource, Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { awsManagedPolicyArn, importedCluster, newStack, onlyRole, resourcesOf, resourceTypes, warningsOf } from './helpers';
import {
  CniIpv6Policy, ContainerRegistryPolicy, EksNodeRole, VpcCniIdentity, VpcCniIpFamily, VpcCniPermissions, VpcCniRole, WorkerNodePolicy,
} from 'cdk-eks-node-role';

const WORKER_NODE = awsManagedPolicyArn('AmazonEKSWorkerNodePolicy');
const CNI = awsManagedPolicyArn('AmazonEKS_CNI_Policy');
const SHARED: unknown = { Ref: 'AmazonEKSCNIIPv6Policy3D9DEEEE' };

const NODE_ROLE = 'NodeRoleB5643E21';
const CNI_ROLE = 'NodeRoleVpcCniRole64C57EBA';
const ASSOCIATION = 'NodeRoleVpcCniRoleAssociation670F0D36';

const podIdentity = VpcCniIdentity.podIdentity();
const associatedIn = (stack: Stack) => VpcCniIdentity.podIdentity({ cluster: importedCluster(stack) });

function nodeRoleWith(vpcCni: VpcCniPermissions, stack: Stack = newStack()) {
  return new EksNodeRole(stack, 'NodeRole', { vpcCni, containerRegistryPolicy: ContainerRegistryPolicy.none() });
}

describe('onNodeRole', () => {
  test.each<[string, VpcCniIpFamily | undefined, unknown[]]>([
    ['no IP family: IPv4', undefined, [CNI]],
    ['IPv4', VpcCniIpFamily.IPV4, [CNI]],
    ['IPv6', VpcCniIpFamily.IPV6, [SHARED]],
    ['both', VpcCniIpFamily.IPV4_AND_IPV6, [CNI, SHARED]],
  ])('with %s', (_, ipFamily, policies) => {
    const stack = newStack();
    const nodeRole = nodeRoleWith(VpcCniPermissions.onNodeRole({ ipFamily }), stack);
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, ...policies]);
    expect(Object.keys(resourcesOf(stack))).toHaveLength(policies.includes(SHARED) ? 2 : 1);
    expect(stack.resolve(nodeRole.cniIpv6Policy?.managedPolicyArn)).toEqual(policies.find(policy => policy === SHARED));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('with an IPv6 policy alone means IPv6', () => {
    const stack = newStack();
    const ipv6Policy = new CniIpv6Policy(stack, 'Mine');
    const nodeRole = nodeRoleWith(VpcCniPermissions.onNodeRole({ ipv6Policy }), stack);
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, stack.resolve(ipv6Policy.managedPolicyArn)]);
    expect(nodeRole.cniIpv6Policy).toBe(ipv6Policy);
  });

  test('with an existing IPv6 policy makes none', () => {
    const stack = newStack();
    const ipv6Policy = iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Existing', 'arn:aws:iam::111122223333:policy/AmazonEKS_CNI_IPv6_Policy');
    nodeRoleWith(VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4_AND_IPV6, ipv6Policy }), stack);
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, CNI, 'arn:aws:iam::111122223333:policy/AmazonEKS_CNI_IPv6_Policy']);
    expect(Object.keys(resourcesOf(stack))).toHaveLength(1);
  });
});

test('grantedElsewhere attaches nothing and is silent', () => {
  const stack = newStack();
  const nodeRole = nodeRoleWith(VpcCniPermissions.grantedElsewhere(), stack);
  expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE]);
  expect(Object.keys(resourcesOf(stack))).toHaveLength(1);
  expect(nodeRole.cniIpv6Policy).toBeUndefined();
  expect(warningsOf(stack)).toEqual([]);
});

describe('onSeparateRole', () => {
  const families: [VpcCniIpFamily, unknown[]][] = [
    [VpcCniIpFamily.IPV4, [CNI]],
    [VpcCniIpFamily.IPV6, [SHARED]],
    [VpcCniIpFamily.IPV4_AND_IPV6, [CNI, SHARED]],
  ];

  test.each(families)('with %s: the policies are on the role of the plugin, not on the node role', (ipFamily, policies) => {
    const stack = newStack();
    const nodeRole = nodeRoleWith(VpcCniPermissions.onSeparateRole({ identity: podIdentity, ipFamily }), stack);
    const resources = resourcesOf(stack);
    expect(resources[NODE_ROLE].Properties.ManagedPolicyArns).toEqual([WORKER_NODE]);
    expect(resources[CNI_ROLE].Properties.ManagedPolicyArns).toEqual(policies);
    expect(Object.keys(resources)).toHaveLength(policies.includes(SHARED) ? 3 : 2);
    expect(nodeRole.cniRole?.node.path).toBe('Stack/NodeRole/VpcCniRole');
    expect(nodeRole.cniIpv6Policy).toBe(nodeRole.cniRole?.cniIpv6Policy);
    expect(nodeRole.cniIpv6Policy !== undefined).toBe(policies.includes(SHARED));
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each(families)('with %s and keepOnNodeRole, the first step of a migration: on both', (ipFamily, policies) => {
    const stack = newStack();
    nodeRoleWith(VpcCniPermissions.onSeparateRole({ identity: podIdentity, ipFamily, keepOnNodeRole: true }), stack);
    const resources = resourcesOf(stack);
    expect(resources[NODE_ROLE].Properties.ManagedPolicyArns).toEqual([WORKER_NODE, ...policies]);
    expect(resources[CNI_ROLE].Properties.ManagedPolicyArns).toEqual(policies);
  });

  test('the two steps of a migration change the policies of the node role and nothing else of it', () => {
    const roleWith = (vpcCni: VpcCniPermissions) => {
      const stack = newStack();
      nodeRoleWith(vpcCni, stack);
      const { [NODE_ROLE]: { Properties: { ManagedPolicyArns, ...others } } } = resourcesOf(stack);
      return { ManagedPolicyArns, others };
    };
    const before = roleWith(VpcCniPermissions.onNodeRole());
    const first = roleWith(VpcCniPermissions.onSeparateRole({ identity: podIdentity, keepOnNodeRole: true }));
    const second = roleWith(VpcCniPermissions.onSeparateRole({ identity: podIdentity }));
    expect(first).toEqual(before);
    expect(second).toEqual({ ...before, ManagedPolicyArns: [WORKER_NODE] });
  });

  test('passes name, description, path, boundary and IPv6 policy on to the role of the plugin', () => {
    const stack = newStack();
    const ipv6Policy = new CniIpv6Policy(stack, 'Mine');
    nodeRoleWith(VpcCniPermissions.onSeparateRole({
      identity: podIdentity,
      ipv6Policy,
      roleName: 'AmazonEKSVPCCNIRole',
      description: 'Plugin',
      path: '/eks/',
      permissionsBoundary: iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'),
    }), stack);
    const resources = resourcesOf(stack);
    expect(resources[CNI_ROLE].Properties).toMatchObject({
      RoleName: 'AmazonEKSVPCCNIRole',
      Description: 'Plugin',
      Path: '/eks/',
      PermissionsBoundary: awsManagedPolicyArn('PowerUserAccess'),
      ManagedPolicyArns: [stack.resolve(ipv6Policy.managedPolicyArn)],
    });
    expect(resources[NODE_ROLE].Properties).not.toHaveProperty('RoleName');
    expect(resources).not.toHaveProperty('AmazonEKSCNIIPv6Policy3D9DEEEE');
  });

  test('makes the node role wait for the association, and so what launches nodes with it', () => {
    const stack = newStack();
    const cluster = importedCluster(stack);
    const nodeRole = nodeRoleWith(VpcCniPermissions.onSeparateRole({ identity: VpcCniIdentity.podIdentity({ cluster }) }), stack);
    new eks.CfnNodegroup(stack, 'Nodegroup', { clusterName: 'my-cluster', subnets: [], nodeRole });
    const resources = resourcesOf(stack);
    expect(resources[NODE_ROLE].DependsOn).toEqual([ASSOCIATION]);
    expect(resources.Nodegroup.Properties.NodeRole).toEqual({ 'Fn::GetAtt': [NODE_ROLE, 'Arn'] });
    expect(resources[ASSOCIATION].Properties.RoleArn).toEqual({ 'Fn::GetAtt': [CNI_ROLE, 'Arn'] });
    expect(JSON.stringify([resources[ASSOCIATION], resources[CNI_ROLE]])).not.toContain(NODE_ROLE);
  });

  test('lets the node role wait for nothing where there is no association', () => {
    const stack = newStack();
    nodeRoleWith(VpcCniPermissions.onSeparateRole({ identity: podIdentity }), stack);
    expect(resourcesOf(stack)[NODE_ROLE]).not.toHaveProperty('DependsOn');
  });

  test('for two node roles of one cluster is an error that names both', () => {
    const stack = newStack();
    const vpcCni = VpcCniPermissions.onSeparateRole({ identity: associatedIn(stack) });
    new EksNodeRole(stack, 'A', { vpcCni });
    expect(() => new EksNodeRole(stack, 'B', { vpcCni })).toThrow(new Error(
      'cluster is "Stack/Cluster", but its VPC CNI plugin already has the role Stack/A/VpcCniRole, and EKS takes one association for a ' +
      'service account. Use VpcCniPermissions.onExistingRole() with that role [at Stack/B/VpcCniRole]'));
  });

  test('for two node roles without association is fine, from one choice', () => {
    const stack = newStack();
    const vpcCni = VpcCniPermissions.onSeparateRole({ identity: podIdentity });
    new EksNodeRole(stack, 'A', { vpcCni });
    new EksNodeRole(stack, 'B', { vpcCni });
    expect(resourceTypes(stack)).toEqual(Array(4).fill('AWS::IAM::Role'));
  });
});

describe('onExistingRole', () => {
  test('makes nothing, and attaches nothing', () => {
    const stack = newStack();
    const cniRole = new VpcCniRole(stack, 'VpcCniRole', { identity: podIdentity, ipFamily: VpcCniIpFamily.IPV6 });
    const before = resourceTypes(stackWithout());
    const nodeRole = nodeRoleWith(VpcCniPermissions.onExistingRole(cniRole), stack);
    expect(resourceTypes(stack)).toEqual([...before, 'AWS::IAM::Role'].sort());
    expect(resourcesOf(stack)[NODE_ROLE]).toMatchObject({ Properties: { ManagedPolicyArns: [WORKER_NODE] } });
    expect(resourcesOf(stack)[NODE_ROLE]).not.toHaveProperty('DependsOn');
    expect(nodeRole.cniRole).toBe(cniRole);
    expect(nodeRole.cniIpv6Policy).toBe(cniRole.cniIpv6Policy);
    expect(warningsOf(stack)).toEqual([]);

    function stackWithout() {
      const other = newStack();
      new VpcCniRole(other, 'VpcCniRole', { identity: podIdentity, ipFamily: VpcCniIpFamily.IPV6 });
      return other;
    }
  });

  test('makes the second node role of a cluster wait for the association of the first', () => {
    const stack = newStack();
    const first = nodeRoleWith(VpcCniPermissions.onSeparateRole({ identity: associatedIn(stack) }), stack);
    const second = new EksNodeRole(stack, 'Second', { vpcCni: VpcCniPermissions.onExistingRole(first.cniRole!) });
    const id = stack.getLogicalId(second.role.node.defaultChild as iam.CfnRole);
    expect(resourcesOf(stack)[id].DependsOn).toEqual([ASSOCIATION]);
  });

  test('takes a role in the stack of the cluster', () => {
    const app = new App();
    const clusterStack = new Stack(app, 'Cluster');
    const cniRole = new VpcCniRole(clusterStack, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity({ cluster: importedCluster(clusterStack) }) });
    const stack = new Stack(app, 'Stack');
    nodeRoleWith(VpcCniPermissions.onExistingRole(cniRole), stack);
    expect(stack.dependencies).toEqual([]);
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE]);
    expect(stack.dependencies).toEqual([clusterStack]);
  });
});

describe('where the plugin has its permissions elsewhere, its policy stays off the node role', () => {
  const asgOf = (stack: Stack, role: iam.IRole) => new autoscaling.AutoScalingGroup(stack, 'Nodes', {
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 }),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    instanceType: new ec2.InstanceType('m7g.large'),
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    role,
  });
  const choices: [string, (stack: Stack) => VpcCniPermissions][] = [
    ['onSeparateRole', () => VpcCniPermissions.onSeparateRole({ identity: podIdentity })],
    ['onExistingRole', stack => VpcCniPermissions.onExistingRole(new VpcCniRole(stack, 'VpcCniRole', { identity: podIdentity }))],
    ['grantedElsewhere', () => VpcCniPermissions.grantedElsewhere()],
  ];
  const warning = [[
    '/Stack/NodeRole',
    'AmazonEKS_CNI_Policy was attached to the role and is left out, since vpcCni says that the plugin gets its permissions elsewhere. ' +
    'Set vpcCni to VpcCniPermissions.onNodeRole() to have it on this role [ack: cdk-eks-node-role:cniPolicyKeptOff]',
  ]];

  test.each(choices)('%s: when the CDK connects an auto scaling group (aws-eks)', (_, choose) => {
    const stack = newStack();
    const nodeRole = nodeRoleWith(choose(stack), stack);
    const kubectlLayer = iam.Role.fromRoleArn(stack, 'Unused', 'arn:aws:iam::111122223333:role/unused') as never;
    const cluster = new eks.Cluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_32, kubectlLayer, defaultCapacity: 0 });
    cluster.connectAutoScalingGroupCapacity(asgOf(stack, nodeRole.role), {});
    expect(resourcesOf(stack)[NODE_ROLE].Properties.ManagedPolicyArns)
      .toEqual([WORKER_NODE, awsManagedPolicyArn('AmazonEC2ContainerRegistryReadOnly')]);
    expect(warningsOf(stack)).toEqual(expect.arrayContaining(warning));
  });

  test.each(choices)('%s: when the CDK connects an auto scaling group (aws-eks-v2)', (_, choose) => {
    const stack = newStack();
    const nodeRole = nodeRoleWith(choose(stack), stack);
    const vpc = new ec2.Vpc(stack, 'ClusterVpc', { maxAzs: 2, natGateways: 0 });
    const cluster = new eksv2.Cluster(stack, 'Cluster', { version: eksv2.KubernetesVersion.V1_32, vpc, vpcSubnets: [{ subnetType: ec2.SubnetType.PUBLIC }] });
    cluster.connectAutoScalingGroupCapacity(asgOf(stack, nodeRole.role), {});
    expect(resourcesOf(stack)[NODE_ROLE].Properties.ManagedPolicyArns)
      .toEqual([WORKER_NODE, awsManagedPolicyArn('AmazonEC2ContainerRegistryReadOnly')]);
    expect(warningsOf(stack)).toEqual(expect.arrayContaining(warning));
  });

  test.each(choices)('%s: however its ARN is written, and whatever else is attached', (_, choose) => {
    const stack = newStack();
    const mine = new iam.ManagedPolicy(stack, 'Mine', { statements: [new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] })] });
    const nodeRole = nodeRoleWith(choose(stack), stack);
    nodeRole.role.addManagedPolicy(mine);
    nodeRole.addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Literal', 'arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy'));
    nodeRole.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKS_CNI_Policy'));
    expect(resourcesOf(stack)[NODE_ROLE].Properties.ManagedPolicyArns).toEqual([WORKER_NODE, stack.resolve(mine.managedPolicyArn)]);
    expect(warningsOf(stack)).toEqual(warning);
  });

  test('also where it is the only policy', () => {
    const stack = newStack();
    const managedPolicies = [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKS_CNI_Policy')];
    new EksNodeRole(stack, 'NodeRole', {
      workerNodePolicy: WorkerNodePolicy.custom({ managedPolicies, podIdentityAgent: false }),
      containerRegistryPolicy: ContainerRegistryPolicy.none(),
      vpcCni: VpcCniPermissions.grantedElsewhere(),
    });
    expect(onlyRole(stack)).not.toHaveProperty('ManagedPolicyArns');
    expect(warningsOf(stack)).toEqual(warning);
  });

  test('and the warning is acknowledged on a scope above', () => {
    const stack = newStack();
    nodeRoleWith(VpcCniPermissions.grantedElsewhere(), stack).addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKS_CNI_Policy'));
    Annotations.of(stack).acknowledgeWarning('cdk-eks-node-role:cniPolicyKeptOff');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('policies of other stacks are still imported', () => {
    const app = new App();
    const policy = new iam.ManagedPolicy(new Stack(app, 'Other'), 'Policy', { statements: [new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] })] });
    const stack = new Stack(app, 'Stack');
    nodeRoleWith(VpcCniPermissions.grantedElsewhere(), stack).addManagedPolicy(policy);
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, { 'Fn::ImportValue': expect.stringContaining('Other:ExportsOutputRefPolicy') }]);
  });

  test('where it is kept on the node role, it stays, and there is no warning', () => {
    const stack = newStack();
    const nodeRole = nodeRoleWith(VpcCniPermissions.onSeparateRole({ identity: podIdentity, keepOnNodeRole: true }), stack);
    nodeRole.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKS_CNI_Policy'));
    expect(resourcesOf(stack)[NODE_ROLE].Properties.ManagedPolicyArns).toEqual([WORKER_NODE, CNI]);
    expect(warningsOf(stack)).toEqual([]);
  });
});

test('what depends on the node role construct waits for all that it made', () => {
  const stack = newStack();
  const nodeRole = nodeRoleWith(VpcCniPermissions.onSeparateRole({ identity: associatedIn(stack) }), stack);
  new CfnResource(stack, 'Nodes', { type: 'AWS::AutoScaling::AutoScalingGroup' }).node.addDependency(nodeRole);
  expect(resourcesOf(stack).Nodes.DependsOn).toEqual(expect.arrayContaining([NODE_ROLE, CNI_ROLE, ASSOCIATION]));
});
