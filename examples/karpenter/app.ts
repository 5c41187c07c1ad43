/**
 * What Karpenter needs to launch nodes of a cluster that exists: the node role with the policies of Karpenter's own template, an
 * access entry with which the nodes join, and the permission of the controller to pass this role to EC2, and no other.
 */
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ContainerRegistryPolicy, EksNodeRole, VpcCniPermissions } from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'Karpenter', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });
const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'my-cluster' });

const nodeRole = new EksNodeRole(stack, 'NodeRole', {
  containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
  vpcCni: VpcCniPermissions.onNodeRole(),
  ssmSessionPermissions: true,
});
nodeRole.allowClusterAccess(cluster);

// The other permissions of the controller stand in Karpenter's documentation. In a managed policy the role refers to, they are
// in force before its first pod; a grant to the role itself would make an inline policy.
const controllerPolicy = new iam.ManagedPolicy(stack, 'ControllerPolicy');
nodeRole.grantPassRole(controllerPolicy);
new iam.Role(stack, 'ControllerRole', {
  assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com').withSessionTags(),
  managedPolicies: [controllerPolicy],
});

// For `spec.role` of EC2NodeClass.
new CfnOutput(stack, 'NodeRoleName', { value: nodeRole.roleName });

app.synth();
