import { App, Aspects, CfnParameter, CfnResource, Fn, Stack, Tags } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { awsManagedPolicyArn, importedCluster, newStack, onlyPolicyStatements, onlyRole, resourcesOf, resourceTypes, warningsOf } from './helpers';
import { CniIpv6Policy, VpcCniIdentity, VpcCniIpFamily, VpcCniRole } from 'cdk-eks-node-role';

const CNI = awsManagedPolicyArn('AmazonEKS_CNI_Policy');
const SHARED: unknown = { Ref: 'AmazonEKSCNIIPv6Policy3D9DEEEE' };

const podIdentity = VpcCniIdentity.podIdentity();
const writeLogs = () => new iam.PolicyStatement({ actions: ['logs:PutLogEvents'], resources: ['*'] });

function irsa(stack: Stack, providerArn: string = Fn.importValue('provider-arn')) {
  const oidcProvider = iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'Provider', providerArn);
  return VpcCniIdentity.irsa({ oidcProvider });
}

describe('policies', () => {
  test.each<[string, VpcCniIpFamily | undefined, unknown[]]>([
    ['no IP family: IPv4', undefined, [CNI]],
    ['IPv4', VpcCniIpFamily.IPV4, [CNI]],
    ['IPv6', VpcCniIpFamily.IPV6, [SHARED]],
    ['both', VpcCniIpFamily.IPV4_AND_IPV6, [CNI, SHARED]],
  ])('with %s', (_, ipFamily, policies) => {
    const stack = newStack();
    const cniRole = new VpcCniRole(stack, 'VpcCniRole', { identity: podIdentity, ipFamily });
    expect(onlyRole(stack).ManagedPolicyArns).toEqual(policies);
    expect(stack.resolve(cniRole.cniIpv6Policy?.managedPolicyArn)).toEqual(policies.find(policy => policy === SHARED));
  });

  test('with an IPv6 policy alone: IPv6', () => {
    const stack = newStack();
    const ipv6Policy = new CniIpv6Policy(stack, 'Mine');
    const cniRole = new VpcCniRole(stack, 'VpcCniRole', { identity: podIdentity, ipv6Policy });
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([stack.resolve(ipv6Policy.managedPolicyArn)]);
    expect(cniRole.cniIpv6Policy).toBe(ipv6Policy);
  });

  test('and statements of the user come on top, statements in one customer managed policy that the role refers to', () => {
    const stack = newStack();
    const cniRole = new VpcCniRole(stack, 'VpcCniRole', {
      identity: podIdentity,
      additionalManagedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy')],
      additionalStatements: [writeLogs()],
    });
    cniRole.addToRolePolicy(new iam.PolicyStatement({ actions: ['logs:CreateLogStream'], resources: ['*'] }));
    cniRole.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKS_CNI_Policy'));
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([
      CNI, awsManagedPolicyArn('CloudWatchAgentServerPolicy'), { Ref: 'VpcCniRoleVpcCniPolicy007DA312' },
    ]);
    expect(onlyPolicyStatements(stack)).toEqual([
      { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' },
      { Effect: 'Allow', Action: 'logs:CreateLogStream', Resource: '*' },
    ]);
    expect(resourceTypes(stack)).toEqual(['AWS::IAM::ManagedPolicy', 'AWS::IAM::Role']);
  });
});

describe('the role', () => {
  test('has the description of the library, and no name', () => {
    const stack = newStack();
    new VpcCniRole(stack, 'VpcCniRole', { identity: podIdentity });
    const { AssumeRolePolicyDocument, ...properties } = onlyRole(stack);
    expect(properties).toEqual({ Description: 'Amazon EKS - VPC CNI role', ManagedPolicyArns: [CNI] });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('takes name, description, path and boundary, tokens too', () => {
    const stack = newStack();
    new VpcCniRole(stack, 'VpcCniRole', {
      identity: podIdentity,
      roleName: 'AmazonEKSVPCCNIRole',
      description: new CfnParameter(stack, 'Description').valueAsString,
      path: '/eks/',
      permissionsBoundary: iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'),
    });
    expect(onlyRole(stack)).toMatchObject({
      RoleName: 'AmazonEKSVPCCNIRole',
      Description: { Ref: 'Description' },
      Path: '/eks/',
      PermissionsBoundary: awsManagedPolicyArn('PowerUserAccess'),
    });
  });

  test('has the logical id of a plain iam.Role with the same id, and is a role reference', () => {
    const stack = newStack('us-east-1');
    const cniRole = new VpcCniRole(stack, 'NodeRole', { identity: podIdentity });
    expect(Object.keys(resourcesOf(stack))).toEqual(['NodeRoleB5643E21']);
    expect(stack.resolve([cniRole.roleArn, cniRole.roleName, cniRole.roleRef])).toEqual([
      { 'Fn::GetAtt': ['NodeRoleB5643E21', 'Arn'] },
      { Ref: 'NodeRoleB5643E21' },
      { roleArn: { 'Fn::GetAtt': ['NodeRoleB5643E21', 'Arn'] }, roleName: { Ref: 'NodeRoleB5643E21' } },
    ]);
    expect(cniRole.env).toEqual({ account: '111122223333', region: 'us-east-1' });
    expect(cniRole.grantPrincipal).toBe(cniRole.role);
  });

  test('and the association take tags and aspects', () => {
    const stack = newStack();
    const cniRole = new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity({ cluster: importedCluster(stack) }) });
    Tags.of(cniRole).add('team', 'platform');
    Aspects.of(cniRole).add({ visit: node => { if (node instanceof eks.CfnPodIdentityAssociation) { node.disableSessionTags = false; } } });
    const resources = Object.values(resourcesOf(stack));
    expect(resources.map(({ Type, Properties }) => [Type, Properties.Tags, Properties.DisableSessionTags])).toEqual([
      ['AWS::IAM::Role', [{ Key: 'team', Value: 'platform' }], undefined],
      ['AWS::EKS::PodIdentityAssociation', [{ Key: 'team', Value: 'platform' }], false],
    ]);
  });

  test('can be one that exists, by Role.customizeRoles', () => {
    const stack = newStack('us-east-1');
    iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/VpcCniRole/Default': 'precreated' } });
    const cniRole = new VpcCniRole(stack, 'VpcCniRole', { identity: irsa(stack, 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/A') });
    expect(JSON.stringify(stack.resolve(cniRole.serviceAccountRoleArn))).toContain(':iam::111122223333:role/precreated');
    expect(resourcesOf(stack)).toEqual({});
  });
});

describe('the values for AWS::EKS::Addon', () => {
  function addonWith(stack: Stack, identity: VpcCniIdentity) {
    const { serviceAccountRoleArn, addonPodIdentityAssociations } = new VpcCniRole(stack, 'VpcCniRole', { identity });
    new eks.CfnAddon(stack, 'VpcCni', {
      addonName: 'vpc-cni', clusterName: 'my-cluster', serviceAccountRoleArn, podIdentityAssociations: addonPodIdentityAssociations,
    });
    return resourcesOf(stack).VpcCni.Properties;
  }
  const addon = { AddonName: 'vpc-cni', ClusterName: 'my-cluster' };
  const roleArn = { 'Fn::GetAtt': ['VpcCniRole4394D258', 'Arn'] };

  test('with IRSA: the role alone', () => {
    const stack = newStack();
    expect(addonWith(stack, irsa(stack))).toEqual({ ...addon, ServiceAccountRoleArn: roleArn });
  });

  test('with Pod Identity: the association alone', () => {
    expect(addonWith(newStack(), podIdentity)).toEqual({ ...addon, PodIdentityAssociations: [{ ServiceAccount: 'aws-node', RoleArn: roleArn }] });
  });

  test('with an association that the library made: neither', () => {
    const stack = newStack();
    expect(addonWith(stack, VpcCniIdentity.podIdentity({ cluster: importedCluster(stack) }))).toEqual(addon);
  });
});

describe('two associations for the plugin of one cluster', () => {
  const associate = (scope: Stack, id: string, cluster: eks.IClusterRef) =>
    new VpcCniRole(scope, id, { identity: VpcCniIdentity.podIdentity({ cluster }) });

  test('are an error that names both', () => {
    const stack = newStack();
    const cluster = importedCluster(stack);
    associate(stack, 'A', cluster);
    expect(() => associate(stack, 'B', cluster)).toThrow(new Error(
      'cluster is "Stack/Cluster", but its VPC CNI plugin already has the role Stack/A, and EKS takes one association for a service account. ' +
      'Use VpcCniPermissions.onExistingRole() with that role [at Stack/B]'));
  });

  test('are an error whichever construct stands for the cluster', () => {
    const stack = newStack();
    const cluster = new eks.CfnCluster(stack, 'Cluster', { roleArn: 'arn', resourcesVpcConfig: { subnetIds: [] } });
    associate(stack, 'A', cluster);
    expect(() => associate(stack, 'B', importedCluster(stack, cluster.ref, 'Imported'))).toThrow(/Stack\/A.*Stack\/B/);
  });

  test('are an error in two stacks, where account and region are known', () => {
    const app = new App();
    const [one, two] = ['One', 'Two'].map(id => new Stack(app, id, { env: { account: '111122223333', region: 'us-east-1' } }));
    associate(one, 'A', importedCluster(one));
    expect(() => associate(two, 'B', importedCluster(two))).toThrow(/One\/A.*Two\/B/);
  });

  test('are fine for two clusters, of one name in two regions too', () => {
    const app = new App();
    const [one, two] = ['us-east-1', 'us-west-2'].map(region => new Stack(app, region, { env: { account: '111122223333', region } }));
    associate(one, 'A', importedCluster(one));
    associate(two, 'B', importedCluster(two));
    associate(two, 'C', importedCluster(two, 'other', 'Other'));
    expect(resourceTypes(two).filter(type => type === 'AWS::EKS::PodIdentityAssociation')).toHaveLength(2);
  });

  test('are fine in two stacks that may be deployed anywhere, and in two apps', () => {
    const app = new App();
    const stacks = [new Stack(app, 'One'), new Stack(app, 'Two'), newStack()];
    stacks.forEach(stack => associate(stack, 'VpcCniRole', importedCluster(stack)));
    stacks.forEach(stack => expect(resourceTypes(stack)).toContain('AWS::EKS::PodIdentityAssociation'));
  });
});

test('an association in another account or region than the cluster is an error', () => {
  const cluster = importedCluster(newStack('eu-west-1'));
  const stack = newStack('us-east-1');
  expect(() => new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity({ cluster }) })).toThrow(new Error(
    'cluster is "Stack/Cluster", but it is in 111122223333/eu-west-1 and the stack is in 111122223333/us-east-1. ' +
    'Make this construct in a stack of the account and region of the cluster [at Stack/VpcCniRole]'));
});

test('two roles in one scope have policies and associations of their own', () => {
  const stack = newStack();
  for (const id of ['A', 'B']) {
    new VpcCniRole(stack, id, {
      identity: VpcCniIdentity.podIdentity({ cluster: importedCluster(stack, id, `Cluster${id}`) }),
      additionalStatements: [writeLogs()],
    });
  }
  expect(resourceTypes(stack)).toEqual([
    'AWS::EKS::PodIdentityAssociation', 'AWS::EKS::PodIdentityAssociation', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role', 'AWS::IAM::Role',
  ]);
});

test('what depends on the role construct waits for the association', () => {
  const stack = newStack();
  const cniRole = new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity({ cluster: importedCluster(stack) }) });
  const nodegroup = new CfnResource(stack, 'Nodegroup', { type: 'AWS::EKS::Nodegroup' });
  nodegroup.node.addDependency(cniRole);
  expect(resourcesOf(stack).Nodegroup.DependsOn).toContain(stack.getLogicalId(cniRole.association!));
});
