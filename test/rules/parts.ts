/** What the apps that break rules are made of: right in everything, so that each app has the fault alone that it plants. */
import { Aws, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EksNodeRole, EksNodeRoleProps, VpcCniPermissions } from 'cdk-eks-node-role';

export const awsPolicy = (name: string) => `arn:${Aws.PARTITION}:iam::aws:policy/${name}`;
export const NODE_POLICIES = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryReadOnly'].map(awsPolicy);

export const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
export const allow = (actions: string[], resource: unknown = '*') => ({ Effect: 'Allow', Action: actions, Resource: resource });
export const trust = (service: string) => document({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' });

const ISSUER = 'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;
const CNI_CONDITION = { StringEquals: { [`${ISSUER}:sub`]: 'system:serviceaccount:kube-system:aws-node', [`${ISSUER}:aud`]: 'sts.amazonaws.com' } };

/** The early edition of the IPv6 document, as the guide has it. */
export const guideIpv6Document = (partition: string = Aws.PARTITION) => document(
  allow(['ec2:AssignIpv6Addresses', 'ec2:DescribeInstances', 'ec2:DescribeTags', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeInstanceTypes']),
  allow(['ec2:CreateTags'], `arn:${partition}:ec2:*:*:network-interface/*`),
);

/** Today's edition. */
export const todaysIpv6Document = (partition: string = Aws.PARTITION) => document(
  ...guideIpv6Document(partition).Statement,
  allow(['ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups']),
);

/** A node role by L1. */
export function cfnRole(stack: Stack, props: Partial<iam.CfnRoleProps> = {}, id: string = 'Role'): iam.CfnRole {
  return new iam.CfnRole(stack, id, { assumeRolePolicyDocument: trust('ec2.amazonaws.com'), managedPolicyArns: NODE_POLICIES, ...props });
}

/** A node role by L2. */
export function l2Role(stack: Stack, props: Partial<iam.RoleProps> = {}): iam.Role {
  return new iam.Role(stack, 'Role', {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryReadOnly'].map(name => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    ...props,
  });
}

/** A node role of this library. */
export function nodeRole(stack: Stack, props: EksNodeRoleProps = {}): EksNodeRole {
  return new EksNodeRole(stack, 'NodeRole', { vpcCni: VpcCniPermissions.grantedElsewhere(), ...props });
}

/** A role for the VPC CNI plugin by L1. */
export function cfnCniRole(stack: Stack, props: Partial<iam.CfnRoleProps> = {}): iam.CfnRole {
  return new iam.CfnRole(stack, 'CniRole', {
    assumeRolePolicyDocument: document({
      Effect: 'Allow', Principal: { Federated: PROVIDER }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: CNI_CONDITION,
    }),
    managedPolicyArns: [awsPolicy('AmazonEKS_CNI_Policy')],
    ...props,
  });
}

/** A role for the VPC CNI plugin by L2. */
export function l2CniRole(stack: Stack, managedPolicies: iam.IManagedPolicy[] = [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKS_CNI_Policy')]): iam.Role {
  return new iam.Role(stack, 'CniRole', { assumedBy: new iam.WebIdentityPrincipal(PROVIDER, CNI_CONDITION), managedPolicies });
}

export function cfnNodegroup(stack: Stack, role: iam.CfnRole, props: Partial<eks.CfnNodegroupProps> = {}, id: string = 'Nodegroup'): eks.CfnNodegroup {
  return new eks.CfnNodegroup(stack, id, { clusterName: 'my-cluster', nodeRole: role.attrArn, subnets: ['subnet-1'], ...props });
}

export function cfnCluster(stack: Stack, authenticationMode?: string, props: Partial<eks.CfnClusterProps> = {}, id: string = 'Cluster'): eks.CfnCluster {
  return new eks.CfnCluster(stack, id, {
    roleArn: 'arn:aws:iam::111122223333:role/ClusterRole',
    resourcesVpcConfig: { subnetIds: ['subnet-1'] },
    accessConfig: authenticationMode === undefined ? undefined : { authenticationMode },
    ...props,
  });
}

export function vpc(stack: Stack): ec2.IVpc {
  return stack.node.tryFindChild('Vpc') as ec2.IVpc ?? ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['us-east-1a'],
    privateSubnetIds: ['subnet-0123456789abcdef0'],
  });
}

/** A cluster of `aws-eks-v2` without nodes. */
export function cluster(stack: Stack, props: Partial<eksv2.ClusterProps> = {}, id: string = 'Cluster'): eksv2.Cluster {
  return new eksv2.Cluster(stack, id, {
    vpc: vpc(stack),
    vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }],
    version: eksv2.KubernetesVersion.V1_31,
    defaultCapacityType: eksv2.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    ...props,
  });
}

/** A cluster of `aws-eks`. */
export function clusterV1(stack: Stack, props: Partial<eks.ClusterProps> = {}): eks.Cluster {
  return new eks.Cluster(stack, 'Cluster', {
    vpc: vpc(stack),
    vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }],
    version: eks.KubernetesVersion.V1_31,
    kubectlLayer: lambda.LayerVersion.fromLayerVersionArn(stack, 'Kubectl', 'arn:aws:lambda:us-east-1:111122223333:layer:kubectl:1'),
    defaultCapacity: 0,
    ...props,
  });
}
