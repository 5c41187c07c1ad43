/**
 * A cluster of the IPv6 family, for which AWS has no managed policy: the role of the VPC CNI plugin gets the customer managed
 * `CniIpv6Policy`. The library makes the Pod Identity association too, and the node role waits for it.
 */
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ContainerRegistryPolicy, EksNodeRole, VpcCniIdentity, VpcCniIpFamily, VpcCniPermissions } from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'Ipv6Cluster', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });

const subnetIds = new CfnParameter(stack, 'SubnetIds', {
  type: 'List<AWS::EC2::Subnet::Id>',
  description: 'Subnets with an IPv4 and an IPv6 range',
}).valueAsList;
const clusterRole = new iam.Role(stack, 'ClusterRole', {
  assumedBy: new iam.ServicePrincipal('eks.amazonaws.com'),
  managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSClusterPolicy')],
});
const cluster = new eks.CfnCluster(stack, 'Cluster', {
  roleArn: clusterRole.roleArn,
  resourcesVpcConfig: { subnetIds },
  accessConfig: { authenticationMode: 'API' },
  kubernetesNetworkConfig: { ipFamily: 'ipv6' },
});
const agent = new eks.CfnAddon(stack, 'PodIdentityAgentAddon', { clusterName: cluster.ref, addonName: 'eks-pod-identity-agent' });

const nodeRole = new EksNodeRole(stack, 'NodeRole', {
  containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
  vpcCni: VpcCniPermissions.onSeparateRole({
    identity: VpcCniIdentity.podIdentity({ cluster }),
    ipFamily: VpcCniIpFamily.IPV6,
  }),
});

// The agent, then the association, the node role that waits for it, and the nodes.
nodeRole.cniRole?.node.addDependency(agent);
new eks.CfnNodegroup(stack, 'Nodegroup', { clusterName: cluster.ref, nodeRole, subnets: subnetIds });

app.synth();
