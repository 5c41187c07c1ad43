import { CfnParameter } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { awsManagedPolicyArn, newStack, onlyRole, resourcesOf, warningsOf } from './helpers';
import { EksAutoModeNodeRole } from 'cdk-eks-node-role';

const POLICIES = [awsManagedPolicyArn('AmazonEKSWorkerNodeMinimalPolicy'), awsManagedPolicyArn('AmazonEC2ContainerRegistryPullOnly')];

test('the default is one role, for EC2, with the two policies of the guide, and nothing else', () => {
  const stack = newStack();
  new EksAutoModeNodeRole(stack, 'NodeRole');
  expect(resourcesOf(stack)).toEqual({
    NodeRoleB5643E21: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }],
        },
        Description: 'Amazon EKS - Auto Mode node role',
        ManagedPolicyArns: POLICIES,
      },
    },
  });
  expect(warningsOf(stack)).toEqual([]);
});

test('in aws-cn EC2 is trusted by both its names', () => {
  const stack = newStack('cn-northwest-1');
  new EksAutoModeNodeRole(stack, 'NodeRole');
  expect(onlyRole(stack).AssumeRolePolicyDocument.Statement.map(({ Principal }: any) => Principal.Service)).toEqual(['ec2.amazonaws.com', 'ec2.amazonaws.com.cn']);
});

test('name, description, path, boundary and more policies', () => {
  const stack = newStack();
  const nodeRole = new EksAutoModeNodeRole(stack, 'NodeRole', {
    additionalManagedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy')],
    roleName: 'AmazonEKSAutoNodeRole',
    description: new CfnParameter(stack, 'Description').valueAsString,
    path: '/eks/',
    permissionsBoundary: iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'),
  });
  nodeRole.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore'));
  expect(onlyRole(stack)).toMatchObject({
    ManagedPolicyArns: [...POLICIES, awsManagedPolicyArn('CloudWatchAgentServerPolicy'), awsManagedPolicyArn('AmazonSSMManagedInstanceCore')],
    RoleName: 'AmazonEKSAutoNodeRole',
    Description: { Ref: 'Description' },
    Path: '/eks/',
    PermissionsBoundary: awsManagedPolicyArn('PowerUserAccess'),
  });
});
