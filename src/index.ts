export { EksNodeRole, type EksNodeRoleProps } from './eks-node-role';
export { EksAutoModeNodeRole, type EksAutoModeNodeRoleProps } from './eks-auto-mode-node-role';
export { EksHybridNodeRole, type EksHybridNodeRoleProps } from './eks-hybrid-node-role';
export { NodeRoleValidator } from './node-role-validator';
export { NodeRolePermissions, type NodeRolePermissionsProps } from './node-role-permissions';

export { type CustomWorkerNodeOptions, type LeastPrivilegeWorkerNodeOptions, WorkerNodePolicy } from './worker-node-policy';
export { ContainerRegistryPolicy, type CustomContainerRegistryOptions, type LeastPrivilegeContainerRegistryOptions } from './container-registry-policy';
export { type VpcCniOnNodeRoleOptions, type VpcCniOnSeparateRoleOptions, VpcCniPermissions } from './vpc-cni-permissions';
export { HybridNodeCredentials, type HybridNodeRolesAnywhereOptions } from './hybrid-node-credentials';
export { type NodeClusterAccessOptions, NodeOperatingSystem } from './node-operating-system';
export { type NodeInstanceProfileOptions } from './node-instance-profile';
export { NodeAccessEntry, type NodeAccessEntryProps, NodeAccessEntryType } from './node-access-entry';

export { VpcCniRole, type VpcCniRoleProps } from './vpc-cni-role';
export { type IrsaOptions, type PodIdentityOptions, VpcCniIdentity } from './vpc-cni-identity';
export { VpcCniIpFamily } from './vpc-cni-ip-family';
export { CniIpv6Policy, type CniIpv6PolicyProps } from './cni-ipv6-policy';
