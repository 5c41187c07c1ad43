/**
 * Node roles that someone else made, brought up to date in place: the mixin adds what is missing, takes the policy of the VPC CNI
 * plugin off, and leaves the rest alone, logical ids included.
 */
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { NodeRolePermissions, VpcCniIdentity, VpcCniPermissions, VpcCniRole } from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'ExistingRoles', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });
const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: ['us-east-1a'],
  privateSubnetIds: ['subnet-0123456789abcdef0'],
  privateSubnetRouteTableIds: ['rtb-0123456789abcdef0'],
});
const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'my-cluster', vpc });

// A role by hand, which lacks the permission to pull images …
const role = new iam.Role(stack, 'NodeRole', {
  assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
  managedPolicies: ['AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy'].map(name => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
});
// … and the one that a node group of the CDK makes.
const nodegroup = new eks.Nodegroup(stack, 'Nodegroup', { cluster });

const cniRole = new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity({ cluster }) });
const permissions = new NodeRolePermissions({ vpcCni: VpcCniPermissions.onExistingRole(cniRole) });
role.with(permissions);
nodegroup.with(permissions);

app.synth();
