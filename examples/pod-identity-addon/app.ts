/**
 * The VPC CNI plugin has a role of its own by EKS Pod Identity, and the add-on `vpc-cni` owns the association: the library makes
 * none, since the add-on can't take over one that exists.
 */
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ContainerRegistryPolicy, EksNodeRole, VpcCniIdentity, VpcCniPermissions } from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'PodIdentityAddon', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });

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

const nodeRole = new EksNodeRole(stack, 'NodeRole', {
  containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
  vpcCni: VpcCniPermissions.onSeparateRole({ identity: VpcCniIdentity.podIdentity({ cluster, createAssociation: false }) }),
});
const agent = new eks.CfnAddon(stack, 'PodIdentityAgentAddon', { clusterName: cluster.ref, addonName: 'eks-pod-identity-agent' });
const addon = new eks.CfnAddon(stack, 'VpcCniAddon', {
  clusterName: cluster.ref,
  addonName: 'vpc-cni',
  podIdentityAssociations: nodeRole.cniRole?.addonPodIdentityAssociations,
  resolveConflicts: 'OVERWRITE', // the plugin that comes with the cluster
});
const nodegroup = new eks.CfnNodegroup(stack, 'Nodegroup', { clusterName: cluster.ref, nodeRole, subnets: subnetIds });

// The agent hands out credentials to pods that start after their association: so the agent, the association, and then nodes.
addon.node.addDependency(agent);
nodegroup.node.addDependency(addon);

app.synth();
