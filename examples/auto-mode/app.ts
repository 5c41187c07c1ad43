/**
 * A cluster with EKS Auto Mode, and a role for each of its two kinds of nodes. EKS itself lets the nodes of the built-in pools
 * join; those of a node class of one's own need an access entry, and so another role.
 */
import { App, CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EksAutoModeNodeRole } from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'AutoMode', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });

const subnetIds = new CfnParameter(stack, 'SubnetIds', { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList;
const clusterRole = new iam.Role(stack, 'ClusterRole', {
  assumedBy: new iam.ServicePrincipal('eks.amazonaws.com').withSessionTags(),
  managedPolicies: [
    'AmazonEKSClusterPolicy', 'AmazonEKSComputePolicy', 'AmazonEKSBlockStoragePolicy', 'AmazonEKSLoadBalancingPolicy', 'AmazonEKSNetworkingPolicy',
  ].map(name => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
});

const builtInPoolsRole = new EksAutoModeNodeRole(stack, 'BuiltInPoolsNodeRole');
const cluster = new eks.CfnCluster(stack, 'Cluster', {
  roleArn: clusterRole.roleArn,
  resourcesVpcConfig: { subnetIds },
  accessConfig: { authenticationMode: 'API' },
  bootstrapSelfManagedAddons: false,
  computeConfig: { enabled: true, nodePools: ['general-purpose', 'system'], nodeRoleArn: builtInPoolsRole.roleArn },
  kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
  storageConfig: { blockStorage: { enabled: true } },
});

const nodeClassRole = new EksAutoModeNodeRole(stack, 'NodeClassNodeRole');
nodeClassRole.allowClusterAccess(cluster);

// For `spec.role` of NodeClass.
new CfnOutput(stack, 'NodeClassNodeRoleName', { value: nodeClassRole.roleName });

app.synth();
