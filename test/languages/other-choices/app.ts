/** The choices that the examples leave out, one after the other, for the apps in Java and Go. */
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  CniIpv6Policy, ContainerRegistryPolicy, EksHybridNodeRole, EksNodeRole, HybridNodeCredentials, NodeAccessEntry, NodeAccessEntryType,
  VpcCniIpFamily, VpcCniPermissions, WorkerNodePolicy,
} from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'OtherChoices');

const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'my-cluster' });

const nodeRole = new EksNodeRole(stack, 'AwsManagedNodeRole', {
  workerNodePolicy: WorkerNodePolicy.awsManaged(),
  containerRegistryPolicy: ContainerRegistryPolicy.readOnly(),
  vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4_AND_IPV6 }),
  ssmSessionPermissions: true,
});
new NodeAccessEntry(stack, 'AccessEntry', { cluster, role: nodeRole, accessEntryType: NodeAccessEntryType.EC2_LINUX });

new EksNodeRole(stack, 'MinimalNodeRole', {
  workerNodePolicy: WorkerNodePolicy.awsManagedMinimal(),
  containerRegistryPolicy: ContainerRegistryPolicy.none(),
  vpcCni: VpcCniPermissions.onNodeRole({
    ipv6Policy: new CniIpv6Policy(stack, 'CniIpv6Policy', { managedPolicyName: CniIpv6Policy.GUIDE_POLICY_NAME }),
  }),
});
new EksNodeRole(stack, 'CustomNodeRole', {
  workerNodePolicy: WorkerNodePolicy.custom({
    statements: [new iam.PolicyStatement({ actions: ['ec2:DescribeInstances'], resources: ['*'] })],
  }),
  containerRegistryPolicy: ContainerRegistryPolicy.custom({
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEC2ContainerRegistryPowerUser')],
  }),
  vpcCni: VpcCniPermissions.grantedElsewhere(),
});

new EksHybridNodeRole(stack, 'RolesAnywhereNodeRole', {
  credentials: HybridNodeCredentials.iamRolesAnywhere({
    trustAnchorArn: 'arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
  }),
});

app.synth();
