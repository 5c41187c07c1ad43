/**
 * Three node roles, which differ in where the VPC CNI plugin gets its permissions: on the role for IPv4, on the role for IPv6, and
 * elsewhere.
 */
import { App, Stack } from 'aws-cdk-lib';
import { ContainerRegistryPolicy, EksNodeRole, VpcCniIpFamily, VpcCniPermissions, WorkerNodePolicy } from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'NodeRoles', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });

// As in the AWS guide, for a cluster of the IPv4 family.
new EksNodeRole(stack, 'NodeRole', {
  vpcCni: VpcCniPermissions.onNodeRole(),
});

// For a cluster of the IPv6 family.
new EksNodeRole(stack, 'Ipv6NodeRole', {
  containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
  vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV6 }),
});

// No more than nodes need; the VPC CNI plugin has a role of its own, made elsewhere.
new EksNodeRole(stack, 'LeastPrivilegeNodeRole', {
  workerNodePolicy: WorkerNodePolicy.leastPrivilege(),
  containerRegistryPolicy: ContainerRegistryPolicy.leastPrivilege(),
  vpcCni: VpcCniPermissions.grantedElsewhere(),
});

app.synth();
