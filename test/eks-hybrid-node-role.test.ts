import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { arn, awsManagedPolicyArn, importedCluster, newStack, onlyPolicyStatements, onlyRole, resourceTypes } from './helpers';
import { EksHybridNodeRole, HybridNodeCredentials } from 'cdk-eks-node-role';

const PULL_ONLY = awsManagedPolicyArn('AmazonEC2ContainerRegistryPullOnly');
const NODE_POLICY = { Ref: 'NodeRoleNodePolicyFE3091D0' };
const TRUST_ANCHOR = 'arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/0123abcd-0123-0123-0123-0123456789ab';

const ofAccount = (service: string, rest: string, region: unknown = { Ref: 'AWS::Region' }) =>
  ({ 'Fn::Join': ['', [...typeof region === 'string' ? ['arn:', { Ref: 'AWS::Partition' }, `:${service}:${region}:`] : ['arn:', { Ref: 'AWS::Partition' }, `:${service}:`, region, ':'], { Ref: 'AWS::AccountId' }, `:${rest}`]] });
const ANY_CLUSTER = ofAccount('eks', 'cluster/*', '*');
const MY_CLUSTER = ofAccount('eks', 'cluster/my-cluster');

const systemsManager = (stack: Stack, cluster = false) => new EksHybridNodeRole(stack, 'NodeRole', {
  credentials: HybridNodeCredentials.systemsManager(),
  cluster: cluster ? importedCluster(stack) : undefined,
});

describe('with AWS Systems Manager', () => {
  test('trusts it for the instances of this account and region', () => {
    const stack = newStack();
    systemsManager(stack);
    expect(onlyRole(stack)).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'ssm.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            ArnEquals: { 'aws:SourceArn': ofAccount('ssm', '*') },
          },
        }],
      },
      Description: 'Amazon EKS - Hybrid Nodes role',
      ManagedPolicyArns: [PULL_ONLY, awsManagedPolicyArn('AmazonSSMManagedInstanceCore'), NODE_POLICY],
    });
    expect(resourceTypes(stack)).toEqual(['AWS::IAM::ManagedPolicy', 'AWS::IAM::Role']);
  });

  test.each<[string, boolean, unknown, string]>([
    ['any cluster of the account', false, ANY_CLUSTER, 'StringLike'],
    ['the cluster that is given', true, MY_CLUSTER, 'StringEquals'],
  ])('permits what nodeadm calls, for %s', (_, cluster, clusterArn, operator) => {
    const stack = newStack();
    systemsManager(stack, cluster);
    expect(onlyPolicyStatements(stack)).toEqual([
      { Effect: 'Allow', Action: ['eks:DescribeCluster', 'eks:ListAccessEntries'], Resource: clusterArn },
      { Effect: 'Allow', Action: 'ssm:DescribeInstanceInformation', Resource: '*' },
      {
        Effect: 'Allow',
        Action: 'ssm:DeregisterManagedInstance',
        Resource: ofAccount('ssm', 'managed-instance/*'),
        Condition: { [operator]: { 'ssm:resourceTag/EKSClusterARN': clusterArn } },
      },
    ]);
  });

  test('follows the region of the cluster', () => {
    const cluster = importedCluster(newStack('eu-west-1'));
    const stack = newStack('us-east-1');
    new EksHybridNodeRole(stack, 'NodeRole', { credentials: HybridNodeCredentials.systemsManager(), cluster });
    const { Condition } = onlyRole(stack).AssumeRolePolicyDocument.Statement[0];
    expect(Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': '111122223333' },
      ArnEquals: { 'aws:SourceArn': arn(':ssm:eu-west-1:111122223333:*') },
    });
    expect(onlyPolicyStatements(stack).map(({ Resource }) => Resource)).toEqual([
      arn(':eks:eu-west-1:111122223333:cluster/my-cluster'), '*', arn(':ssm:eu-west-1:111122223333:managed-instance/*'),
    ]);
  });
});

describe('with IAM Roles Anywhere', () => {
  test('trusts it for certificates under the trust anchor, the session named after the certificate', () => {
    const stack = newStack();
    new EksHybridNodeRole(stack, 'NodeRole', { credentials: HybridNodeCredentials.iamRolesAnywhere({ trustAnchorArn: TRUST_ANCHOR }) });
    expect(onlyRole(stack)).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'rolesanywhere.amazonaws.com' },
            Condition: {
              StringEquals: { 'sts:RoleSessionName': '${aws:PrincipalTag/x509Subject/CN}' },
              ArnEquals: { 'aws:SourceArn': TRUST_ANCHOR },
            },
          },
          {
            Effect: 'Allow',
            Action: ['sts:SetSourceIdentity', 'sts:TagSession'],
            Principal: { Service: 'rolesanywhere.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': TRUST_ANCHOR } },
          },
        ],
      },
      Description: 'Amazon EKS - Hybrid Nodes role',
      ManagedPolicyArns: [PULL_ONLY, NODE_POLICY],
    });
  });

  test.each<[string, boolean, unknown]>([
    ['any cluster of the account', false, ANY_CLUSTER],
    ['the cluster that is given', true, MY_CLUSTER],
  ])('permits what nodeadm calls, for %s, and nothing of Systems Manager', (_, cluster, clusterArn) => {
    const stack = newStack();
    new EksHybridNodeRole(stack, 'NodeRole', {
      credentials: HybridNodeCredentials.iamRolesAnywhere({ trustAnchorArn: TRUST_ANCHOR }),
      cluster: cluster ? importedCluster(stack) : undefined,
    });
    expect(onlyPolicyStatements(stack)).toEqual([
      { Effect: 'Allow', Action: ['eks:DescribeCluster', 'eks:ListAccessEntries'], Resource: clusterArn },
    ]);
  });

  test('takes a token', () => {
    const stack = newStack();
    const trustAnchorArn = new CfnParameter(stack, 'TrustAnchor').valueAsString;
    new EksHybridNodeRole(stack, 'NodeRole', { credentials: HybridNodeCredentials.iamRolesAnywhere({ trustAnchorArn }) });
    expect(onlyRole(stack).AssumeRolePolicyDocument.Statement[1].Condition).toEqual({ ArnEquals: { 'aws:SourceArn': { Ref: 'TrustAnchor' } } });
  });
});

test('the Pod Identity agent, where it runs on the nodes', () => {
  const stack = newStack();
  new EksHybridNodeRole(stack, 'NodeRole', {
    credentials: HybridNodeCredentials.iamRolesAnywhere({ trustAnchorArn: TRUST_ANCHOR }),
    podIdentityAgent: true,
  });
  expect(onlyPolicyStatements(stack)[1]).toEqual({ Effect: 'Allow', Action: 'eks-auth:AssumeRoleForPodIdentity', Resource: '*' });
});

test('name, description, path, boundary, session duration and more policies and statements', () => {
  const stack = newStack();
  const nodeRole = new EksHybridNodeRole(stack, 'NodeRole', {
    credentials: HybridNodeCredentials.iamRolesAnywhere({ trustAnchorArn: TRUST_ANCHOR }),
    additionalManagedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy')],
    roleName: 'AmazonEKSHybridNodesRole',
    description: 'Nodes at home',
    path: '/eks/',
    permissionsBoundary: iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'),
    maxSessionDuration: Duration.hours(12),
  });
  nodeRole.addToRolePolicy(new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] }));
  expect(onlyRole(stack)).toMatchObject({
    ManagedPolicyArns: [PULL_ONLY, awsManagedPolicyArn('CloudWatchAgentServerPolicy'), NODE_POLICY],
    RoleName: 'AmazonEKSHybridNodesRole',
    Description: 'Nodes at home',
    Path: '/eks/',
    PermissionsBoundary: awsManagedPolicyArn('PowerUserAccess'),
    MaxSessionDuration: 43200,
  });
  expect(onlyPolicyStatements(stack)[1].Action).toBe('logs:DescribeLogGroups');
});

test('credentials serve two roles, which come out alike', () => {
  const stack = newStack();
  const credentials = HybridNodeCredentials.iamRolesAnywhere({ trustAnchorArn: TRUST_ANCHOR });
  const trusts = ['A', 'B'].map(id => stack.resolve(new EksHybridNodeRole(stack, id, { credentials }).role.assumeRolePolicy));
  expect(trusts[0]).toEqual(trusts[1]);
  expect(trusts[0].Statement).toHaveLength(2);
});
