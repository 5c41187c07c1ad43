import { App, CfnOutput, Stack, Stage, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { arn, importedCluster, newStack, onlyResource, resourcesOf, resourceTypes } from './helpers';
import {
  EksAutoModeNodeRole, EksHybridNodeRole, EksNodeRole, HybridNodeCredentials, NodeAccessEntry, NodeAccessEntryType, NodeOperatingSystem,
  VpcCniPermissions,
} from 'cdk-eks-node-role';

const ROLE_ARN = { 'Fn::GetAtt': ['NodeRoleB5643E21', 'Arn'] };

function newNodeRole(stack: Stack, id: string = 'NodeRole') {
  return new EksNodeRole(stack, id, { vpcCni: VpcCniPermissions.grantedElsewhere() });
}

const newCfnCluster = (stack: Stack, id: string = 'Cluster') =>
  new eks.CfnCluster(stack, id, { roleArn: 'arn', resourcesVpcConfig: { subnetIds: [] } });

function onlyEntry(stack: Stack) {
  return onlyResource(stack, 'AWS::EKS::AccessEntry');
}

describe('NodeAccessEntry', () => {
  test('is for Linux nodes by default, and grants no access policy', () => {
    const stack = newStack();
    const entry = new NodeAccessEntry(stack, 'Entry', { cluster: importedCluster(stack), role: newNodeRole(stack) });
    expect(onlyEntry(stack)).toEqual({ ClusterName: 'my-cluster', PrincipalArn: ROLE_ARN, Type: 'EC2_LINUX' });
    expect(entry.accessEntryType).toBe(NodeAccessEntryType.EC2_LINUX);
  });

  test.each([
    [NodeAccessEntryType.EC2_LINUX, { Type: 'EC2_LINUX' }],
    [NodeAccessEntryType.EC2_WINDOWS, { Type: 'EC2_WINDOWS' }],
    [NodeAccessEntryType.HYBRID_LINUX, { Type: 'HYBRID_LINUX' }],
    [NodeAccessEntryType.AUTO_MODE, {
      Type: 'EC2',
      AccessPolicies: [{ AccessScope: { Type: 'cluster' }, PolicyArn: arn(':eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy') }],
    }],
  ])('of type %s', (accessEntryType, properties) => {
    const stack = newStack();
    new NodeAccessEntry(stack, 'Entry', { cluster: importedCluster(stack), role: newNodeRole(stack), accessEntryType });
    expect(onlyEntry(stack)).toEqual({ ClusterName: 'my-cluster', PrincipalArn: ROLE_ARN, ...properties });
  });

  test('takes roles of any making', () => {
    const stack = newStack();
    const cluster = importedCluster(stack);
    const roles: Record<string, iam.IRoleRef> = {
      L2: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
      L1: new iam.CfnRole(stack, 'CfnRole', { assumeRolePolicyDocument: {} }),
      Imported: iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/nodes'),
    };
    Object.entries(roles).forEach(([id, role]) => new NodeAccessEntry(stack, `Entry${id}`, { cluster, role }));
    const entries = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::EKS::AccessEntry');
    expect(entries.map(({ Properties }) => Properties.PrincipalArn)).toEqual([
      { 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] }, { 'Fn::GetAtt': ['CfnRole', 'Arn'] }, 'arn:aws:iam::111122223333:role/nodes',
    ]);
  });

  test('has the logical id of its path, an ARN, and takes tags', () => {
    const stack = newStack();
    const entry = new NodeAccessEntry(stack, 'Entry', { cluster: importedCluster(stack), role: newNodeRole(stack) });
    Tags.of(entry).add('team', 'platform');
    expect(stack.resolve(entry.accessEntryArn)).toEqual({ 'Fn::GetAtt': ['Entry', 'AccessEntryArn'] });
    expect(entry.node.defaultChild).toBe(entry.accessEntry);
    expect(onlyEntry(stack).Tags).toEqual([{ Key: 'team', Value: 'platform' }]);
  });

  test('in the stack of the cluster keeps the role in a stack before it', () => {
    const app = new App();
    const nodeRole = newNodeRole(new Stack(app, 'Roles'));
    const stack = new Stack(app, 'Cluster');
    const cluster = newCfnCluster(stack);
    new eks.CfnNodegroup(stack, 'Nodegroup', { clusterName: cluster.ref, subnets: [], nodeRole });
    new NodeAccessEntry(stack, 'Entry', { cluster, role: nodeRole });
    expect(onlyEntry(stack)).toEqual({
      ClusterName: { Ref: 'Cluster' }, PrincipalArn: { 'Fn::ImportValue': expect.stringContaining('NodeRoleB5643E21Arn') }, Type: 'EC2_LINUX',
    });
  });

  test('for a role and cluster that have one is an error that names both', () => {
    const stack = newStack();
    const cluster = importedCluster(stack);
    const nodeRole = newNodeRole(stack);
    nodeRole.allowClusterAccess(cluster);
    expect(() => new NodeAccessEntry(stack, 'Second', { cluster, role: nodeRole.role })).toThrow(new Error(
      'role is "Stack/NodeRole/Default", but it has the access entry Stack/NodeRole/AccessEntry-my-cluster in this cluster, ' +
      'and EKS takes one entry for a role. Use that entry, or another role for other nodes [at Stack/Second]'));
  });

  test('in another account or region than the cluster is an error', () => {
    const cluster = importedCluster(newStack('eu-west-1'));
    const nodeRole = newNodeRole(newStack('us-east-1'));
    expect(() => nodeRole.allowClusterAccess(cluster)).toThrow(new Error(
      'cluster is "Stack/Cluster", but it is in 111122223333/eu-west-1 and the stack is in 111122223333/us-east-1. ' +
      'Make this construct in a stack of the account and region of the cluster [at Stack/NodeRole/AccessEntry-my-cluster]'));
    expect(() => nodeRole.allowClusterAccess(cluster)).toThrow('it is in 111122223333/eu-west-1');
  });

  test('for a role of another account than the cluster is an error', () => {
    const stack = newStack('us-east-1');
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::444455556666:role/nodes');
    expect(() => new NodeAccessEntry(stack, 'Entry', { cluster: importedCluster(stack), role })).toThrow(new Error(
      'role is "Stack/Role", but it is in account 444455556666 and the cluster in 111122223333, and EKS lets nodes of its own account in. ' +
      'Make a node role in the account of the cluster [at Stack/Entry]'));
    expect(resourcesOf(stack)).toEqual({});
  });

  test('for two roles of one cluster, and for two clusters of one role, is fine', () => {
    const stack = newStack();
    const [one, two] = [newCfnCluster(stack, 'One'), newCfnCluster(stack, 'Two')];
    const nodeRole = newNodeRole(stack);
    new NodeAccessEntry(stack, 'A', { cluster: one, role: nodeRole });
    new NodeAccessEntry(stack, 'B', { cluster: two, role: nodeRole });
    new NodeAccessEntry(stack, 'C', { cluster: one, role: newNodeRole(stack, 'Other') });
    expect(resourceTypes(stack).filter(type => type === 'AWS::EKS::AccessEntry')).toHaveLength(3);
  });
});

describe('allowClusterAccess', () => {
  const vpcOf = (stack: Stack) => new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
  const clusters: [string, (stack: Stack) => eks.IClusterRef][] = [
    ['an L1 cluster', newCfnCluster],
    ['a cluster of aws-eks-v2', stack => new eksv2.Cluster(stack, 'Cluster', {
      version: eksv2.KubernetesVersion.V1_32, vpc: vpcOf(stack), vpcSubnets: [{ subnetType: ec2.SubnetType.PUBLIC }],
    })],
    ['an imported cluster of aws-eks', importedCluster],
    ['an imported cluster of aws-eks-v2', stack => eksv2.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'my-cluster', vpc: vpcOf(stack) })],
  ];

  test.each(clusters)('takes %s', (_, makeCluster) => {
    const stack = newStack();
    const cluster = makeCluster(stack);
    newNodeRole(stack).allowClusterAccess(cluster);
    const entries = Object.values(resourcesOf(stack)).filter(({ Properties }) => Properties?.PrincipalArn?.['Fn::GetAtt']?.[0] === 'NodeRoleB5643E21');
    expect(entries.map(({ Properties }) => Properties)).toEqual([
      { ClusterName: stack.resolve(cluster.clusterRef.clusterName), PrincipalArn: ROLE_ARN, Type: 'EC2_LINUX' },
    ]);
  });

  test('takes a cluster of aws-eks', () => {
    const stack = newStack();
    const kubectlLayer = iam.Role.fromRoleArn(stack, 'Unused', 'arn:aws:iam::111122223333:role/unused') as never;
    const cluster = new eks.Cluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_32, kubectlLayer, defaultCapacity: 0 });
    newNodeRole(stack).allowClusterAccess(cluster);
    const [entry] = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::EKS::AccessEntry');
    expect(entry.Properties).toEqual({ ClusterName: { Ref: 'Cluster9EE0221C' }, PrincipalArn: ROLE_ARN, Type: 'EC2_LINUX' });
  });

  test('gives the same entry for the same cluster, whichever construct stands for it', () => {
    const stack = newStack();
    const cluster = newCfnCluster(stack);
    const nodeRole = newNodeRole(stack);
    const entry = nodeRole.allowClusterAccess(cluster);
    expect(nodeRole.allowClusterAccess(cluster)).toBe(entry);
    expect(nodeRole.allowClusterAccess(importedCluster(stack, cluster.ref, 'Imported'), { operatingSystem: NodeOperatingSystem.LINUX })).toBe(entry);
    expect(onlyEntry(stack).Type).toBe('EC2_LINUX');
  });

  test('gives entries ids that follow from the cluster, not from the order of calls', () => {
    const entryIds = (order: (clusters: eks.IClusterRef[]) => eks.IClusterRef[]) => {
      const stack = newStack();
      const nodeRole = newNodeRole(stack);
      order([newCfnCluster(stack, 'One'), newCfnCluster(stack, 'Two'), importedCluster(stack)]).forEach(cluster => nodeRole.allowClusterAccess(cluster));
      return Object.entries(resourcesOf(stack)).filter(([, { Type }]) => Type === 'AWS::EKS::AccessEntry').map(([id, { Properties }]) => [id, Properties.ClusterName]);
    };
    expect(entryIds(list => list)).toEqual([
      ['NodeRoleAccessEntryRefOne7737BDFD', { Ref: 'One' }],
      ['NodeRoleAccessEntryRefTwo8DA7953F', { Ref: 'Two' }],
      ['NodeRoleAccessEntrymyclusterD94229AF', 'my-cluster'],
    ]);
    expect(entryIds(list => list.reverse()).reverse()).toEqual(entryIds(list => list));
  });

  test('gives the entry that was made for the role elsewhere', () => {
    const app = new App();
    const nodeRole = newNodeRole(new Stack(app, 'Roles'));
    const stack = new Stack(app, 'Cluster');
    const cluster = newCfnCluster(stack);
    const entry = new NodeAccessEntry(stack, 'Entry', { cluster, role: nodeRole });
    expect(nodeRole.allowClusterAccess(cluster)).toBe(entry);
  });

  test('tells clusters of two stacks apart that have the same logical id', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const nodeRole = newNodeRole(stack);
    const [one, two] = ['One', 'Two'].map(id => nodeRole.allowClusterAccess(newCfnCluster(new Stack(app, id))));
    expect(one).not.toBe(two);
  });

  test('for Windows', () => {
    const stack = newStack();
    newNodeRole(stack).allowClusterAccess(importedCluster(stack), { operatingSystem: NodeOperatingSystem.WINDOWS });
    expect(onlyEntry(stack)).toEqual({ ClusterName: 'my-cluster', PrincipalArn: ROLE_ARN, Type: 'EC2_WINDOWS' });
  });

  test('for Windows and Linux in one cluster is an error that says why', () => {
    const stack = newStack();
    const nodeRole = newNodeRole(stack);
    nodeRole.allowClusterAccess(importedCluster(stack));
    expect(() => nodeRole.allowClusterAccess(importedCluster(stack, 'my-cluster', 'Again'), { operatingSystem: NodeOperatingSystem.WINDOWS })).toThrow(new Error(
      'operatingSystem is "WINDOWS", but the role has an access entry of type EC2_LINUX in this cluster, and an entry has one type. ' +
      'Make another EksNodeRole for these nodes [at Stack/NodeRole]'));
  });

  test('for Linux in one cluster and Windows in another is fine', () => {
    const stack = newStack();
    const nodeRole = newNodeRole(stack);
    nodeRole.allowClusterAccess(newCfnCluster(stack, 'One'));
    nodeRole.allowClusterAccess(newCfnCluster(stack, 'Two'), { operatingSystem: NodeOperatingSystem.WINDOWS });
    expect(resourceTypes(stack).filter(type => type === 'AWS::EKS::AccessEntry')).toHaveLength(2);
  });

  test('of Auto Mode and hybrid nodes has their types, once for a cluster', () => {
    const stack = newStack();
    const cluster = importedCluster(stack);
    const auto = new EksAutoModeNodeRole(stack, 'Auto');
    const hybrid = new EksHybridNodeRole(stack, 'Hybrid', { credentials: HybridNodeCredentials.systemsManager() });
    expect(auto.allowClusterAccess(cluster)).toBe(auto.allowClusterAccess(cluster));
    expect(hybrid.allowClusterAccess(cluster)).toBe(hybrid.allowClusterAccess(cluster));
    const entries = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::EKS::AccessEntry').map(({ Properties }) => Properties);
    expect(entries).toMatchObject([
      { Type: 'EC2', AccessPolicies: [{ AccessScope: { Type: 'cluster' } }], PrincipalArn: stack.resolve(auto.roleArn) },
      { Type: 'HYBRID_LINUX', PrincipalArn: stack.resolve(hybrid.roleArn) },
    ]);
  });

  test('from another stack than the cluster', () => {
    const app = new App();
    const cluster = newCfnCluster(new Stack(app, 'Cluster'));
    const stack = new Stack(app, 'Stack');
    const entry = newNodeRole(stack).allowClusterAccess(cluster);
    new CfnOutput(stack, 'Entry', { value: entry.accessEntryArn });
    expect(onlyEntry(stack).ClusterName).toEqual({ 'Fn::ImportValue': 'Cluster:ExportsOutputRefClusterABE85976' });
  });

  test('under a logical id that is the same in every stage, since a replaced entry is refused while the old one exists', () => {
    const app = new App();
    const ids = [app, new Stage(app, 'Prod')].map(scope => {
      const stack = new Stack(scope, 'Stack', { stackName: 'nodes' });
      return stack.resolve(newNodeRole(stack).allowClusterAccess(newCfnCluster(stack)).accessEntry.logicalId);
    });
    expect(ids).toEqual(['NodeRoleAccessEntryRefCluster5053D920', 'NodeRoleAccessEntryRefCluster5053D920']);
  });
});
