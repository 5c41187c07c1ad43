import { arn, awsManagedPolicyArn } from './helpers';
import { before, Resources } from './resource-graph';
import { exampleResources } from './run-example';

const WORKER = awsManagedPolicyArn('AmazonEKSWorkerNodePolicy');
const PULL_ONLY = awsManagedPolicyArn('AmazonEC2ContainerRegistryPullOnly');
const READ_ONLY = awsManagedPolicyArn('AmazonEC2ContainerRegistryReadOnly');
const CNI = awsManagedPolicyArn('AmazonEKS_CNI_Policy');

test('managed-node-group-irsa: the node role without the CNI, the CNI role by a JSON trust policy, and the add-on before the nodes', () => {
  const resources = exampleResources('managed-node-group-irsa');
  const provider = { Ref: idOf(resources, 'OidcProvider') };
  const issuer = { 'Fn::Select': [1, { 'Fn::Split': [':oidc-provider/', provider] }] };
  expect(propertiesOf(resources, 'NodeRole').ManagedPolicyArns).toEqual([WORKER, PULL_ONLY]);
  expect(propertiesOf(resources, 'NodeRoleVpcCniRole')).toMatchObject({
    AssumeRolePolicyDocument: {
      'Fn::Join': ['', [
        '{"Statement":[{"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"', issuer, ':aud":"sts.amazonaws.com","', issuer,
        ':sub":"system:serviceaccount:kube-system:aws-node"}},"Effect":"Allow","Principal":{"Federated":"', provider, '"}}],"Version":"2012-10-17"}',
      ]],
    },
    ManagedPolicyArns: [CNI],
  });
  expect(propertiesOf(resources, 'VpcCniAddon')).toEqual({
    AddonName: 'vpc-cni',
    ClusterName: { Ref: 'Cluster' },
    ResolveConflicts: 'OVERWRITE',
    ServiceAccountRoleArn: getArn(resources, 'NodeRoleVpcCniRole'),
  });
  expect(propertiesOf(resources, 'Nodegroup').NodeRole).toEqual(getArn(resources, 'NodeRole'));
  expectOrder(resources, 'Cluster', 'OidcProvider', 'NodeRoleVpcCniRole', 'VpcCniAddon', 'Nodegroup');
  expect(entriesOf(resources)).toEqual([]);
});

test('pod-identity-addon: one statement for this cluster, the association by the add-on alone, and agent, add-on and nodes in this order', () => {
  const resources = exampleResources('pod-identity-addon');
  expect(propertiesOf(resources, 'NodeRole').ManagedPolicyArns).toEqual([WORKER, PULL_ONLY]);
  expect(propertiesOf(resources, 'NodeRoleVpcCniRole')).toMatchObject({
    AssumeRolePolicyDocument: { Statement: [podIdentityStatement(getArn(resources, 'Cluster'))] },
    ManagedPolicyArns: [CNI],
  });
  expect(propertiesOf(resources, 'VpcCniAddon')).toEqual({
    AddonName: 'vpc-cni',
    ClusterName: { Ref: 'Cluster' },
    PodIdentityAssociations: [{ ServiceAccount: 'aws-node', RoleArn: getArn(resources, 'NodeRoleVpcCniRole') }],
    ResolveConflicts: 'OVERWRITE',
  });
  expect(Object.values(resources).map(resource => resource.Type)).not.toContain('AWS::EKS::PodIdentityAssociation');
  expectOrder(resources, 'Cluster', 'PodIdentityAgentAddon', 'VpcCniAddon', 'Nodegroup');
});

test('ipv6-cluster: the customer managed policy on the CNI role alone, and agent, association, node role and nodes in this order', () => {
  const resources = exampleResources('ipv6-cluster');
  expect(propertiesOf(resources, 'Cluster').KubernetesNetworkConfig).toEqual({ IpFamily: 'ipv6' });
  expect(propertiesOf(resources, 'NodeRole').ManagedPolicyArns).toEqual([WORKER, PULL_ONLY]);
  expect(propertiesOf(resources, 'NodeRoleVpcCniRole').ManagedPolicyArns).toEqual([{ Ref: idOf(resources, 'AmazonEKSCNIIPv6Policy') }]);
  expect(propertiesOf(resources, 'AmazonEKSCNIIPv6Policy').PolicyDocument.Statement[0].Action).toContain('ec2:AssignIpv6Addresses');
  expect(propertiesOf(resources, 'NodeRoleVpcCniRoleAssociation')).toEqual({
    ClusterName: { Ref: 'Cluster' },
    Namespace: 'kube-system',
    RoleArn: getArn(resources, 'NodeRoleVpcCniRole'),
    ServiceAccount: 'aws-node',
  });
  expectOrder(resources, 'Cluster', 'PodIdentityAgentAddon', 'NodeRoleVpcCniRoleAssociation', 'NodeRole', 'Nodegroup');
});

test('self-managed-nodes: an instance profile and an access entry, both before the nodes', () => {
  const resources = exampleResources('self-managed-nodes');
  const profile = idOf(resources, 'NodeRoleInstanceProfile');
  const entry = Object.keys(resources).find(id => resources[id].Type === 'AWS::EKS::AccessEntry')!;
  expect(propertiesOf(resources, 'NodeRole').ManagedPolicyArns).toEqual([WORKER, PULL_ONLY, CNI]);
  expect(resources[profile].Properties.Roles).toEqual([{ Ref: idOf(resources, 'NodeRole') }]);
  expect(propertiesOf(resources, 'LaunchTemplate').LaunchTemplateData.IamInstanceProfile).toEqual({ Arn: { 'Fn::GetAtt': [profile, 'Arn'] } });
  expect(entriesOf(resources)).toEqual([{ ClusterName: { Ref: 'Cluster' }, PrincipalArn: getArn(resources, 'NodeRole'), Type: 'EC2_LINUX' }]);
  expect([...before(resources, 'Nodes')]).toEqual(expect.arrayContaining([profile, entry]));
});

test('karpenter: the policies of its template, an access entry, and the controller may pass this role to EC2 alone', () => {
  const resources = exampleResources('karpenter');
  expect(propertiesOf(resources, 'NodeRole').ManagedPolicyArns).toEqual([WORKER, PULL_ONLY, CNI, awsManagedPolicyArn('AmazonSSMManagedInstanceCore')]);
  expect(entriesOf(resources)).toEqual([{ ClusterName: 'my-cluster', PrincipalArn: getArn(resources, 'NodeRole'), Type: 'EC2_LINUX' }]);
  expect(propertiesOf(resources, 'ControllerPolicy').PolicyDocument.Statement).toEqual([passRoleStatement(getArn(resources, 'NodeRole'), 'ec2.amazonaws.com')]);
  expect(propertiesOf(resources, 'ControllerRole').ManagedPolicyArns).toEqual([{ Ref: idOf(resources, 'ControllerPolicy') }]);
});

test('karpenter: EC2 has two names in China', () => {
  const resources = exampleResources('karpenter', { region: 'cn-north-1' });
  expect(propertiesOf(resources, 'ControllerPolicy').PolicyDocument.Statement)
    .toEqual([passRoleStatement(getArn(resources, 'NodeRole'), ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'])]);
});

test('auto-mode: the cluster takes one role, the access entry is for the other', () => {
  const resources = exampleResources('auto-mode');
  const policies = [awsManagedPolicyArn('AmazonEKSWorkerNodeMinimalPolicy'), PULL_ONLY];
  expect(propertiesOf(resources, 'BuiltInPoolsNodeRole').ManagedPolicyArns).toEqual(policies);
  expect(propertiesOf(resources, 'NodeClassNodeRole').ManagedPolicyArns).toEqual(policies);
  expect(propertiesOf(resources, 'Cluster').ComputeConfig).toEqual({
    Enabled: true, NodePools: ['general-purpose', 'system'], NodeRoleArn: getArn(resources, 'BuiltInPoolsNodeRole'),
  });
  expect(entriesOf(resources)).toEqual([{
    AccessPolicies: [{ AccessScope: { Type: 'cluster' }, PolicyArn: arn(':eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy') }],
    ClusterName: { Ref: 'Cluster' },
    PrincipalArn: getArn(resources, 'NodeClassNodeRole'),
    Type: 'EC2',
  }]);
});

test('windows: a role and an access entry for each operating system, the CNI with Linux alone', () => {
  const resources = exampleResources('windows');
  expect(propertiesOf(resources, 'LinuxNodeRole').ManagedPolicyArns).toEqual([WORKER, PULL_ONLY, CNI]);
  expect(propertiesOf(resources, 'WindowsNodeRole').ManagedPolicyArns).toEqual([WORKER, PULL_ONLY]);
  expect(entriesOf(resources)).toEqual([
    { ClusterName: 'my-cluster', PrincipalArn: getArn(resources, 'LinuxNodeRole'), Type: 'EC2_LINUX' },
    { ClusterName: 'my-cluster', PrincipalArn: getArn(resources, 'WindowsNodeRole'), Type: 'EC2_WINDOWS' },
  ]);
});

test('migration: the second step takes the CNI off the node role and changes nothing else', () => {
  const first = exampleResources('migration', { context: { step: '1' } });
  const second = exampleResources('migration', { context: { step: '2' } });
  const id = idOf(first, 'NodeRole');
  expect(first[id].Properties.ManagedPolicyArns).toEqual([WORKER, READ_ONLY, CNI]);
  expect(second[id].Properties.ManagedPolicyArns).toEqual([WORKER, READ_ONLY]);
  second[id].Properties.ManagedPolicyArns = first[id].Properties.ManagedPolicyArns;
  expect(second).toEqual(first);
  expect(propertiesOf(first, 'NodeRoleVpcCniRole').ManagedPolicyArns).toEqual([CNI]);
  expectOrder(first, 'PodIdentityAgentAddon', 'NodeRoleVpcCniRoleAssociation', 'NodeRole');
  expect(exampleResources('migration')).toEqual(exampleResources('migration', { context: { step: '1' } }));
});

test('existing-roles: what lacked is added, the CNI is taken off, and both roles wait for the association', () => {
  const resources = exampleResources('existing-roles');
  for (const role of ['NodeRole', 'NodegroupNodeGroupRole']) {
    expect(propertiesOf(resources, role).ManagedPolicyArns).toEqual([WORKER, READ_ONLY]);
    expectOrder(resources, 'VpcCniRoleAssociation', role);
  }
  expect(propertiesOf(resources, 'VpcCniRole').ManagedPolicyArns).toEqual([CNI]);
});

test('hybrid-nodes: Systems Manager of this account and region, statements for this cluster, and an access entry', () => {
  const resources = exampleResources('hybrid-nodes');
  const cluster = arnInRegion('eks', 'cluster/my-cluster');
  expect(propertiesOf(resources, 'NodeRole').AssumeRolePolicyDocument.Statement).toEqual([{
    Action: 'sts:AssumeRole',
    Condition: { ArnEquals: { 'aws:SourceArn': arnInRegion('ssm', '*') }, StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    Effect: 'Allow',
    Principal: { Service: 'ssm.amazonaws.com' },
  }]);
  expect(propertiesOf(resources, 'NodeRole').ManagedPolicyArns)
    .toEqual([PULL_ONLY, awsManagedPolicyArn('AmazonSSMManagedInstanceCore'), { Ref: idOf(resources, 'NodeRoleNodePolicy') }]);
  expect(propertiesOf(resources, 'NodeRoleNodePolicy').PolicyDocument.Statement).toEqual([
    { Action: ['eks:DescribeCluster', 'eks:ListAccessEntries'], Effect: 'Allow', Resource: cluster },
    { Action: 'ssm:DescribeInstanceInformation', Effect: 'Allow', Resource: '*' },
    {
      Action: 'ssm:DeregisterManagedInstance',
      Condition: { StringEquals: { 'ssm:resourceTag/EKSClusterARN': cluster } },
      Effect: 'Allow',
      Resource: arnInRegion('ssm', 'managed-instance/*'),
    },
  ]);
  expect(entriesOf(resources)).toEqual([{ ClusterName: 'my-cluster', PrincipalArn: getArn(resources, 'NodeRole'), Type: 'HYBRID_LINUX' }]);
});

test('node-role: where the CNI policies are', () => {
  const resources = exampleResources('node-role');
  expect(propertiesOf(resources, 'NodeRole').ManagedPolicyArns).toEqual([WORKER, READ_ONLY, CNI]);
  expect(propertiesOf(resources, 'Ipv6NodeRole').ManagedPolicyArns).toEqual([WORKER, PULL_ONLY, { Ref: idOf(resources, 'AmazonEKSCNIIPv6Policy') }]);
  expect(propertiesOf(resources, 'LeastPrivilegeNodeRole').ManagedPolicyArns).toEqual([{ Ref: idOf(resources, 'LeastPrivilegeNodeRoleNodePolicy') }]);
});

function podIdentityStatement(clusterArn: unknown) {
  return {
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: {
      StringEquals: {
        'aws:RequestTag/eks-cluster-arn': clusterArn,
        'aws:RequestTag/kubernetes-namespace': 'kube-system',
        'aws:RequestTag/kubernetes-service-account': 'aws-node',
      },
    },
    Effect: 'Allow',
    Principal: { Service: 'pods.eks.amazonaws.com' },
  };
}

function passRoleStatement(roleArn: unknown, services: unknown) {
  return { Action: 'iam:PassRole', Condition: { StringEquals: { 'iam:PassedToService': services } }, Effect: 'Allow', Resource: roleArn };
}

/** How an ARN of the account and region of the stack stands in a template. */
function arnInRegion(service: string, rest: string) {
  return {
    'Fn::Join': ['', [
      'arn:', { Ref: 'AWS::Partition' }, `:${service}:`, { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:${rest}`,
    ]],
  };
}

/** The logical id of a construct, of which the template has a hash too. */
function idOf(resources: Resources, construct: string): string {
  const ids = Object.keys(resources).filter(id => id.replace(/[0-9A-F]{8}$/, '') === construct);
  expect(ids).toHaveLength(1);
  return ids[0];
}

function propertiesOf(resources: Resources, construct: string): any {
  return resources[idOf(resources, construct)].Properties;
}

/** The constructs, in an order in which each has to exist before the next. */
function expectOrder(resources: Resources, ...constructs: string[]) {
  const ids = constructs.map(construct => idOf(resources, construct));
  ids.slice(1).forEach((id, index) => expect([...before(resources, id)]).toContain(ids[index]));
}

function entriesOf(resources: Resources): any[] {
  return Object.values(resources).filter(resource => resource.Type === 'AWS::EKS::AccessEntry').map(resource => resource.Properties);
}

function getArn(resources: Resources, construct: string) {
  return { 'Fn::GetAtt': [idOf(resources, construct), 'Arn'] };
}
