/**
 * A managed node group whose VPC CNI plugin has a role of its own by IAM roles for service accounts (IRSA). The issuer of a new
 * cluster is known at deployment only, so the trust policy of that role is a JSON string: no Lambda function, no custom resource.
 */
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ContainerRegistryPolicy, EksNodeRole, VpcCniIdentity, VpcCniPermissions } from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'ManagedNodeGroupIrsa', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });

const subnetIds = new CfnParameter(stack, 'SubnetIds', { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList;
const clusterRole = new iam.Role(stack, 'ClusterRole', {
  assumedBy: new iam.ServicePrincipal('eks.amazonaws.com'),
  managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSClusterPolicy')],
});
const cluster = new eks.CfnCluster(stack, 'Cluster', {
  roleArn: clusterRole.roleArn,
  resourcesVpcConfig: { subnetIds },
  accessConfig: { authenticationMode: 'API' },
});
const oidcProvider = new iam.OidcProviderNative(stack, 'OidcProvider', {
  url: cluster.attrOpenIdConnectIssuerUrl,
  clientIds: ['sts.amazonaws.com'],
});

const nodeRole = new EksNodeRole(stack, 'NodeRole', {
  containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
  vpcCni: VpcCniPermissions.onSeparateRole({ identity: VpcCniIdentity.irsa({ oidcProvider }) }),
});
const addon = new eks.CfnAddon(stack, 'VpcCniAddon', {
  clusterName: cluster.ref,
  addonName: 'vpc-cni',
  serviceAccountRoleArn: nodeRole.cniRole?.serviceAccountRoleArn,
  resolveConflicts: 'OVERWRITE', // the plugin that comes with the cluster
});
const nodegroup = new eks.CfnNodegroup(stack, 'Nodegroup', { clusterName: cluster.ref, nodeRole, subnets: subnetIds });

// Nodes that started before the plugin knows its role would stay NotReady.
nodegroup.node.addDependency(addon);

app.synth();
