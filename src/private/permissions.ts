/**
 * What AWS says and does: the one place for action names and managed policy names, each with its source and the date it was read.
 * Who may assume a role stands in `principals.ts`, what IAM takes in `limits.ts`.
 */
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/** What a choice puts on a role. */
export interface Permissions {
  readonly managedPolicies: iam.IManagedPolicy[];
  readonly statements: iam.PolicyStatement[];
}

/** An IAM action, why it is needed, where that was read and when. */
export interface ActionFact {
  readonly action: string;
  readonly reason: string;
  readonly source: string;
  readonly read: string;
}

/** Actions that one source gives. */
export function actions(source: string, read: string, reasons: Record<string, string>): ActionFact[] {
  return Object.entries(reasons).map(([action, reason]) => ({ action, reason, source, read }));
}

/** A statement that allows the actions. */
export function allow(facts: ActionFact[], options: Pick<iam.PolicyStatementProps, 'resources' | 'conditions'> = {}): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: facts.map(fact => fact.action), resources: ['*'], ...options });
}

// ── managed policies of AWS ─────────────────────────────────────────────────────────────────────

/** What nodes call, and the Pod Identity agent's action. @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html (read 2026-11-23) */
export const WORKER_NODE_POLICY = 'AmazonEKSWorkerNodePolicy';

/** The Pod Identity agent's action alone. @see https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html (read 2026-11-23) */
export const WORKER_NODE_MINIMAL_POLICY = 'AmazonEKSWorkerNodeMinimalPolicy';

/** Twelve read actions. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/security-iam-awsmanpol.html (read 2026-11-23) */
export const CONTAINER_REGISTRY_READ_ONLY_POLICY = 'AmazonEC2ContainerRegistryReadOnly';

/** Pulling, also from upstream registries. @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerRegistryPullOnly.html (read 2026-11-23) */
export const CONTAINER_REGISTRY_PULL_ONLY_POLICY = 'AmazonEC2ContainerRegistryPullOnly';

/** The VPC CNI plugin in clusters of the IPv4 family. @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html (read 2026-11-23) */
export const CNI_POLICY = 'AmazonEKS_CNI_Policy';

/** The guide's name for the policy that AWS leaves to its customers. @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html (read 2026-11-23) */
export const CNI_IPV6_POLICY_NAME = 'AmazonEKS_CNI_IPv6_Policy';

/** The namespace and the service account of the VPC CNI plugin. @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html (read 2026-11-23) */
export const CNI_SERVICE_ACCOUNT = { namespace: 'kube-system', name: 'aws-node' };

/** The access policy of nodes that EKS Auto Mode launches from a node class of one's own. @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html (read 2026-11-24) */
export const AUTO_NODE_ACCESS_POLICY = 'AmazonEKSAutoNodePolicy';

/** Session Manager. @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html (read 2026-11-23) */
export const SSM_MANAGED_INSTANCE_CORE_POLICY = 'AmazonSSMManagedInstanceCore';

/**
 * The name of an AWS managed policy, taken from its ARN in whatever partition, resolved or not; undefined for other policies and for
 * what may be one or another.
 */
export function awsManagedPolicyName(policyArn: unknown): string | undefined {
  const { 'Fn::Join': join, 'Fn::Sub': sub } = policyArn as { 'Fn::Join'?: unknown[][]; 'Fn::Sub'?: string };
  // What only the deployment knows becomes '[object Object]', which no name has in it.
  const text = join ? join[1].join('') : sub ?? policyArn;
  return /:iam::aws:policy\/([\w+=,.@/-]+)$/.exec(String(text))?.[1];
}

// ── actions ─────────────────────────────────────────────────────────────────────────────────────

const NODEADM = 'https://github.com/awslabs/amazon-eks-ami/tree/81fec2e8/nodeadm';

/** The name under which a node registers. */
export const NODE_NAME = actions(NODEADM, '2026-11-23', {
  'ec2:DescribeInstances': 'nodeadm and Bottlerocket name the node after its private DNS name',
});

/** What else the software of a node calls when it starts. */
export const NODE_BOOTSTRAP = [
  ...actions(NODEADM, '2026-11-23', {
    'ec2:DescribeInstanceTypes': 'nodeadm looks up instance types that the table in its AMI lacks',
  }),
  ...actions('https://github.com/bottlerocket-os/bottlerocket-core-kit/blob/2033f690/sources/api/pluto/src/main.rs', '2026-11-24', {
    'eks:DescribeCluster': 'Bottlerocket reads the service range for the DNS address; what it falls back to fits default IPv4 ranges only',
  }),
];

/** The Pod Identity agent, which acts with the node role. */
export const POD_IDENTITY_AGENT = actions('https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html', '2026-11-23', {
  'eks-auth:AssumeRoleForPodIdentity': 'the agent gets the credentials of pods',
});

const HYBRID_NODES = 'https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html';

/** What nodeadm calls on a hybrid node. */
export const HYBRID_NODE_BOOTSTRAP = actions(HYBRID_NODES, '2026-11-24', {
  'eks:DescribeCluster': 'nodeadm reads the endpoint, the certificate and the service range of the cluster',
  'eks:ListAccessEntries': 'nodeadm checks that the cluster lets the role in',
});

/** What nodeadm calls on a hybrid node that Systems Manager manages, an action without resources. */
export const HYBRID_NODE_LOOKUP = actions(HYBRID_NODES, '2026-11-24', {
  'ssm:DescribeInstanceInformation': 'nodeadm uninstall looks up the registration of the node',
});

/** The end of a hybrid node that Systems Manager manages. */
export const HYBRID_NODE_DEREGISTRATION = actions(HYBRID_NODES, '2026-11-24', {
  'ssm:DeregisterManagedInstance': 'nodeadm uninstall ends the registration of the node',
});

const PULL_ONLY = 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerRegistryPullOnly.html';

/** Signing in to the registry, an action without resources. */
export const REGISTRY_SIGN_IN = actions(PULL_ONLY, '2026-11-23', {
  'ecr:GetAuthorizationToken': 'the credential provider of the kubelet signs in',
});

/** Pulling an image. */
export const IMAGE_PULL = actions(PULL_ONLY, '2026-11-23', {
  'ecr:BatchGetImage': 'the container runtime reads the manifest',
  'ecr:GetDownloadUrlForLayer': 'the container runtime downloads the layers',
});

/** The first pull of an image through a pull through cache. */
export const IMAGE_IMPORT = actions('https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html', '2026-11-24', {
  'ecr:BatchImportUpstreamImage': 'the pull imports the image from its upstream registry',
  'ecr:CreateRepository': 'the first pull makes the repository that caches the image',
});

const CNI_IAM_POLICY = 'https://github.com/aws/amazon-vpc-cni-k8s/blob/b5218838/docs/iam-policy.md';

/** The VPC CNI plugin in clusters of the IPv6 family, as published. */
export const CNI_IPV6 = actions(CNI_IAM_POLICY, '2026-11-23', {
  'ec2:AssignIpv6Addresses': 'the plugin assigns a prefix to the primary network interface',
  'ec2:DescribeInstanceTypes': 'the plugin looks up instance types that its table lacks',
  'ec2:DescribeInstances': 'the plugin reads the network interfaces of its instance',
  'ec2:DescribeNetworkInterfaces': 'the plugin reads addresses of network interfaces',
  'ec2:DescribeSecurityGroups': 'the plugin needs it to start: 1.22.0 and 1.22.1',
  'ec2:DescribeSubnets': 'the plugin needs it to start: 1.22.0 and later, for subnet discovery',
  'ec2:DescribeTags': 'the plugin reads tags of network interfaces',
});

/** Tags on network interfaces in clusters of the IPv6 family, as published. */
export const CNI_IPV6_TAGS = actions(CNI_IAM_POLICY, '2026-11-23', {
  'ec2:CreateTags': 'the plugin marks network interfaces as its own',
});

/** Network interfaces beside the primary one, in clusters of the IPv6 family (createSecondaryIPv6ENIs, tryAllocateENI, RefreshSGIDs). */
export const CNI_IPV6_NETWORK_INTERFACES = actions('https://github.com/aws/amazon-vpc-cni-k8s/blob/b5218838/pkg/ipamd/ipamd.go', '2026-11-23', {
  'ec2:AttachNetworkInterface': 'several network cards, or a primary subnet tagged kubernetes.io/role/cni=0',
  'ec2:CreateNetworkInterface': 'several network cards, or a primary subnet tagged kubernetes.io/role/cni=0',
  'ec2:DeleteNetworkInterface': 'several network cards, or a primary subnet tagged kubernetes.io/role/cni=0',
  'ec2:DetachNetworkInterface': 'several network cards, or a primary subnet tagged kubernetes.io/role/cni=0',
  'ec2:ModifyNetworkInterfaceAttribute': 'the same, and a change of security groups',
});

// ── conditions ──────────────────────────────────────────────────────────────────────────────────

/**
 * Holds for managed instances whose registration carries the ARN of the cluster as a tag.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html (read 2026-11-24)
 */
export function registeredFor(clusterArn: string, operator: 'StringEquals' | 'StringLike'): iam.Conditions {
  return { [operator]: { 'ssm:resourceTag/EKSClusterARN': clusterArn } };
}

/**
 * Holds for resources of other accounts than the stack's.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount (read 2026-11-24)
 */
export function inOtherAccounts(stack: Stack): iam.Conditions {
  return { StringNotEquals: { 'aws:ResourceAccount': stack.account } };
}
