/**
 * What the rules must know of AWS beside what `permissions.ts` says: what AWS managed policies give, and how nodes, clusters and the
 * VPC CNI plugin are told in templates and accounts. Each fact with its source and the date it was read.
 */
import {
  actions, CNI_POLICY, CONTAINER_REGISTRY_PULL_ONLY_POLICY, CONTAINER_REGISTRY_READ_ONLY_POLICY, SSM_MANAGED_INSTANCE_CORE_POLICY,
  WORKER_NODE_MINIMAL_POLICY, WORKER_NODE_POLICY,
} from './permissions';

// ── AWS managed policies ────────────────────────────────────────────────────────────────────────

/** Nearly everything in the account. @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html (read 2026-11-24) */
export const OVER_PRIVILEGED_POLICIES = ['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess'];

const PULL = ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const NETWORK = ['ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups'];
const INTERFACES = ['ec2:AssignPrivateIpAddresses', 'ec2:AttachNetworkInterface', 'ec2:CreateNetworkInterface'];

/**
 * Which of the actions that rules ask for an AWS managed policy gives. What a policy that is not listed gives can't be seen in a template.
 *
 * @see https://pypi.org/project/moto/5.2.5/, moto/iam/aws_managed_policies.py: the documents as IAM returns them (read 2026-11-24)
 */
export const AWS_POLICY_ACTIONS: Record<string, string[]> = {
  [WORKER_NODE_POLICY]: ['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'eks:DescribeCluster', 'eks-auth:AssumeRoleForPodIdentity', ...NETWORK],
  [WORKER_NODE_MINIMAL_POLICY]: ['eks-auth:AssumeRoleForPodIdentity'],
  [CONTAINER_REGISTRY_READ_ONLY_POLICY]: PULL,
  [CONTAINER_REGISTRY_PULL_ONLY_POLICY]: PULL,
  'AmazonEC2ContainerRegistryPowerUser': PULL,
  'AmazonEC2ContainerRegistryFullAccess': PULL,
  'AmazonEKSFargatePodExecutionRolePolicy': PULL,
  [CNI_POLICY]: ['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeNetworkInterfaces', ...INTERFACES, ...NETWORK],
  'AmazonEKSVPCResourceController': ['ec2:DescribeNetworkInterfaces', ...INTERFACES],
  'AmazonEKSNetworkingPolicy': ['ec2:DescribeNetworkInterfaces', 'ec2:AssignIpv6Addresses', ...INTERFACES],
  'AmazonEKSClusterPolicy': ['ec2:DescribeInstances', ...NETWORK],
  'AmazonEKSServicePolicy': ['ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces', 'ec2:CreateNetworkInterface', ...NETWORK],
  'AmazonEKSComputePolicy': [],
  'AmazonEKSBlockStoragePolicy': [],
  'AmazonEKSLoadBalancingPolicy': ['ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces', ...NETWORK],
  [SSM_MANAGED_INSTANCE_CORE_POLICY]: [],
  'AmazonSSMManagedEC2InstanceDefaultPolicy': [],
  'AmazonSSMPatchAssociation': [],
  'service-role/AmazonEC2RoleforSSM': [],
  'CloudWatchAgentServerPolicy': [],
  'CloudWatchAgentAdminPolicy': [],
  'CloudWatchLogsFullAccess': [],
  'AWSXRayDaemonWriteAccess': [],
  'AmazonPrometheusRemoteWriteAccess': [],
  'service-role/AmazonEBSCSIDriverPolicy': ['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes'],
  'AmazonEBSCSIDriverPolicyV2': ['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes'],
  'service-role/AmazonEFSCSIDriverPolicy': [],
  'AmazonS3ReadOnlyAccess': [],
  'AmazonS3FullAccess': [],
  'AmazonRoute53FullAccess': [],
  'AutoScalingFullAccess': ['ec2:DescribeInstances', ...NETWORK],
  'ElasticLoadBalancingFullAccess': ['ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces', ...NETWORK],
  'SecretsManagerReadWrite': NETWORK,
  'IAMFullAccess': ['iam:*'],
  'AdministratorAccess': ['*'],
};

// ── what rules ask for ──────────────────────────────────────────────────────────────────────────

/** The VPC CNI plugin in clusters of the IPv4 family: pods have no addresses without these. */
export const CNI_IPV4_NEEDS = actions('https://github.com/aws/amazon-vpc-cni-k8s/blob/b5218838/docs/iam-policy.md', '2026-11-24', {
  'ec2:AssignPrivateIpAddresses': 'the plugin gives addresses to network interfaces',
  'ec2:AttachNetworkInterface': 'the plugin attaches network interfaces',
  'ec2:CreateNetworkInterface': 'the plugin makes network interfaces',
});

/** The VPC CNI plugin in clusters of the IPv6 family: pods have no addresses without this. */
export const CNI_IPV6_NEEDS = actions('https://github.com/aws/amazon-vpc-cni-k8s/blob/b5218838/docs/iam-policy.md', '2026-11-24', {
  'ec2:AssignIpv6Addresses': 'the plugin gives a prefix to the primary network interface',
});

/** What tells a policy that is meant for the plugin from one that adds an action to another. */
export const CNI_IPV6_READS = actions('https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html', '2026-11-24', {
  'ec2:DescribeNetworkInterfaces': 'every edition of the document that AWS publishes has it',
});

/** What the first editions of that document lack. */
export const CNI_IPV6_SINCE_1_22 = actions('https://github.com/aws/amazon-vpc-cni-k8s/pull/3709', '2026-11-23', {
  'ec2:DescribeSubnets': 'VPC CNI 1.22.0 and later stop without it',
  'ec2:DescribeSecurityGroups': 'VPC CNI 1.22.0 and 1.22.1 stop without it',
});

// ── who and what ────────────────────────────────────────────────────────────────────────────────

/** EC2 under the names that it had first in isolated partitions. @see https://github.com/aws/aws-cdk/pull/22589 (read 2026-11-23) */
export const EC2_FORMER_PRINCIPALS = ['ec2.c2s.ic.gov', 'ec2.sc2s.sgov.gov'];

/** Ways to assume a role, the first of them EC2's. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html (read 2026-11-24) */
export const WAYS_TO_ASSUME = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'];

/** The add-ons that rules look for. @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html (read 2026-11-24) */
export const ADD_ONS = { vpcCni: 'vpc-cni', podIdentityAgent: 'eks-pod-identity-agent' };

/** Types of access entries through which nodes join. @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html (read 2026-11-23) */
export const NODE_ENTRY_TYPES = { linux: 'EC2_LINUX', windows: 'EC2_WINDOWS', autoMode: 'EC2', hybrid: 'HYBRID_LINUX' };

/** How clusters authenticate, the first unless told. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-eks-cluster-accessconfig.html (read 2026-11-24) */
export const AUTHENTICATION_MODES = { configMap: 'CONFIG_MAP', both: 'API_AND_CONFIG_MAP', api: 'API' };

/** What the key of a tag begins with on resources of self-managed nodes; the name of the cluster follows. @see https://docs.aws.amazon.com/eks/latest/userguide/worker.html (read 2026-11-24) */
export const CLUSTER_TAG = 'kubernetes.io/cluster/';

/** The names of node roles that the guide has its readers look for. @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html (read 2026-11-23) */
export const GUIDE_ROLE_NAMES = ['eksNodeRole', 'AmazonEKSNodeRole', 'NodeInstanceRole'];

/** The operating system of a managed node group by its AMI type: Linux unless it says Windows, not told where it is custom. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html (read 2026-11-24) */
export function operatingSystemOf(amiType: string): 'Linux' | 'Windows' | undefined {
  if (amiType === 'CUSTOM') { return undefined; }
  return amiType.startsWith('WINDOWS_') ? 'Windows' : 'Linux';
}

// ── what the command line calls ─────────────────────────────────────────────────────────────────

const IAM_ACTIONS = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html';
const EKS_ACTIONS = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html';

/** Without one of these nothing can be checked. */
export const ACCOUNT_READS = actions(IAM_ACTIONS, '2026-11-24', {
  'iam:ListRoles': 'finds the roles, their paths and trust relationships',
  'iam:ListAttachedRolePolicies': 'names the managed policies of a role',
  'iam:ListRolePolicies': 'names the inline policies of a role',
  'iam:GetRolePolicy': 'reads an inline policy',
  'iam:GetPolicy': 'tells the version of a managed policy that is in force',
  'iam:GetPolicyVersion': 'reads a managed policy',
});

/** Without one of these some rules say that they could not see. */
export const ACCOUNT_READS_OF_CLUSTERS = actions(EKS_ACTIONS, '2026-11-24', {
  'eks:ListClusters': 'finds the clusters of the region',
  'eks:DescribeCluster': 'tells role, authentication and IP family of a cluster',
  'eks:ListNodegroups': 'finds managed node groups',
  'eks:DescribeNodegroup': 'tells role and operating system of a node group',
  'eks:ListFargateProfiles': 'finds Fargate profiles',
  'eks:DescribeFargateProfile': 'tells the pod execution role of a profile',
  'eks:ListAccessEntries': 'finds the roles that have access entries',
  'eks:DescribeAccessEntry': 'tells the type of an access entry',
  'eks:ListAddons': 'finds the VPC CNI plugin and the EKS Pod Identity agent',
  'eks:DescribeAddon': 'tells the role of the VPC CNI plugin',
  'eks:ListPodIdentityAssociations': 'finds roles that EKS Pod Identity gives to the VPC CNI plugin',
  'eks:DescribePodIdentityAssociation': 'tells the role of an association',
});
