/**
 * Windows nodes beside Linux nodes, in a cluster with Windows support that exists. An access entry has one type, so each operating
 * system needs a role of its own. This is for self-managed nodes; for managed node groups EKS makes the entries itself.
 */
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import { ContainerRegistryPolicy, EksNodeRole, NodeOperatingSystem, VpcCniPermissions } from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'Windows', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });
const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'my-cluster' });

const linuxNodeRole = new EksNodeRole(stack, 'LinuxNodeRole', {
  containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
  vpcCni: VpcCniPermissions.onNodeRole(),
});
linuxNodeRole.addInstanceProfile();
linuxNodeRole.allowClusterAccess(cluster);

const windowsNodeRole = new EksNodeRole(stack, 'WindowsNodeRole', {
  containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
  vpcCni: VpcCniPermissions.grantedElsewhere(), // the control plane gives out the addresses of Windows nodes
});
windowsNodeRole.addInstanceProfile();
windowsNodeRole.allowClusterAccess(cluster, { operatingSystem: NodeOperatingSystem.WINDOWS });

app.synth();
