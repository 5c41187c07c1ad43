import { Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { newStack, onlyResource } from './helpers';
import { EksNodeRole, VpcCniPermissions } from 'cdk-eks-node-role';

const ROLE_ARN = { 'Fn::GetAtt': ['NodeRoleB5643E21', 'Arn'] };
const ROLE_NAME = { Ref: 'NodeRoleB5643E21' };

const newNodeRole = (stack: Stack) => new EksNodeRole(stack, 'NodeRole', { vpcCni: VpcCniPermissions.grantedElsewhere() });
const newVpc = (stack: Stack) => new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });

describe('the construct itself fits', () => {
  test('an L1 node group', () => {
    const stack = newStack();
    new eks.CfnNodegroup(stack, 'Nodegroup', { clusterName: 'cluster', subnets: ['subnet-1'], nodeRole: newNodeRole(stack) });
    expect(onlyResource(stack, 'AWS::EKS::Nodegroup').NodeRole).toEqual(ROLE_ARN);
  });

  test('an L1 instance profile', () => {
    const stack = newStack();
    new iam.CfnInstanceProfile(stack, 'InstanceProfile', { roles: [newNodeRole(stack)] });
    expect(onlyResource(stack, 'AWS::IAM::InstanceProfile').Roles).toEqual([ROLE_NAME]);
  });
});

describe('its role fits', () => {
  test('a node group of aws-eks', () => {
    const stack = newStack();
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'cluster', vpc: newVpc(stack) });
    new eks.Nodegroup(stack, 'Nodegroup', { cluster, nodeRole: newNodeRole(stack).role, subnets: { subnetType: ec2.SubnetType.PUBLIC } });
    expect(onlyResource(stack, 'AWS::EKS::Nodegroup').NodeRole).toEqual(ROLE_ARN);
  });

  test('a node group of aws-eks-v2', () => {
    const stack = newStack();
    const cluster = eksv2.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'cluster', vpc: newVpc(stack) });
    new eksv2.Nodegroup(stack, 'Nodegroup', { cluster, nodeRole: newNodeRole(stack).role, subnets: { subnetType: ec2.SubnetType.PUBLIC } });
    expect(onlyResource(stack, 'AWS::EKS::Nodegroup').NodeRole).toEqual(ROLE_ARN);
  });

  test('a launch template', () => {
    const stack = newStack();
    new ec2.LaunchTemplate(stack, 'LaunchTemplate', { role: newNodeRole(stack).role });
    expect(onlyResource(stack, 'AWS::IAM::InstanceProfile').Roles).toEqual([ROLE_NAME]);
  });

  test('an auto scaling group', () => {
    const stack = newStack();
    new autoscaling.AutoScalingGroup(stack, 'Nodes', {
      vpc: newVpc(stack),
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      instanceType: new ec2.InstanceType('m7g.large'),
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      role: newNodeRole(stack).role,
    });
    expect(onlyResource(stack, 'AWS::IAM::InstanceProfile').Roles).toEqual([ROLE_NAME]);
  });

  test('an instance profile', () => {
    const stack = newStack();
    new iam.InstanceProfile(stack, 'InstanceProfile', { role: newNodeRole(stack).role });
    expect(onlyResource(stack, 'AWS::IAM::InstanceProfile').Roles).toEqual([ROLE_NAME]);
  });
});
