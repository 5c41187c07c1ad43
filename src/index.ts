export { EksNodeRole, type EksNodeRoleProps } from './eks-node-role';

export { type CustomWorkerNodeOptions, type LeastPrivilegeWorkerNodeOptions, WorkerNodePolicy } from './worker-node-policy';
export { ContainerRegistryPolicy, type CustomContainerRegistryOptions, type LeastPrivilegeContainerRegistryOptions } from './container-registry-policy';
export { type VpcCniOnNodeRoleOptions, VpcCniPermissions } from './vpc-cni-permissions';

export { VpcCniIpFamily } from './vpc-cni-ip-family';
export { CniIpv6Policy, type CniIpv6PolicyProps } from './cni-ipv6-policy';
