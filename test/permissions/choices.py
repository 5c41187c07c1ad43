"""What each choice permits: facts of AWS, stated apart from the library's code. A call that a choice does not list is expected to be denied."""
from dataclasses import dataclass, field

from test.permissions.calls import *
from test.permissions.sources import *


def trust(principal, actions, **condition):
    """A statement of a trust document, in the form of iam_state.py."""
    values = {operator: {key: [value] for key, value in keys.items()} for operator, keys in condition.items()}
    return {'Effect': 'Allow', 'Action': sorted(actions), 'Principal': {kind: [name] for kind, name in principal.items()}, **({'Condition': values} if values else {})}


EC2_TRUST = [trust({'Service': 'ec2.amazonaws.com'}, ['sts:AssumeRole'])]


@dataclass(frozen=True)
class Choice:
    """A choice of a user, the role that has it alone, what it permits and why."""
    code: str
    role: str
    reason: str
    source: str
    allows: list = field(default_factory=list)
    trust: list = field(default_factory=lambda: EC2_TRUST)


def on(names, *where):
    return [f'{name} {place}' for name in names for place in where]


PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
EVERYWHERE = ['of a named repository', 'of another repository', "of AWS's add-ons"]
AGENT_CALL = 'eks-auth:AssumeRoleForPodIdentity'
WORKER = [*(call.name for call in NODE_CALLS), 'eks:DescribeCluster of another cluster']
READ_ONLY = ['ecr:GetAuthorizationToken', *on(PULL, *EVERYWHERE), 'ecr:BatchCheckLayerAvailability', 'ecr:DescribeImages', 'ecr:DescribeRepositories', 'ecr:ListImages']
CNI_IPV4 = [call.name for call in VPC_CNI_CALLS if 'Ipv6' not in call.name]
CNI_IPV6 = ['ec2:AssignIpv6Addresses', 'ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups',
            'ec2:DescribeSubnets', 'ec2:DescribeTags', 'ec2:CreateTags of a network interface']
NETWORK_INTERFACES = ['ec2:AttachNetworkInterface', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DetachNetworkInterface', 'ec2:ModifyNetworkInterfaceAttribute']

WORKER_CHOICES = [
    Choice('WorkerNodePolicy.awsManaged()', 'WorkerAwsManaged', 'AmazonEKSWorkerNodePolicy v3', MANAGED_POLICIES, WORKER),
    Choice('WorkerNodePolicy.awsManagedMinimal()', 'WorkerAwsManagedMinimal', 'AmazonEKSWorkerNodeMinimalPolicy v1', MANAGED_POLICIES, [AGENT_CALL]),
    Choice('WorkerNodePolicy.leastPrivilege()', 'WorkerLeastPrivilege', "what today's node software calls", NODEADM,
           ['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'eks:DescribeCluster of its cluster', 'eks:DescribeCluster of another cluster', AGENT_CALL]),
    Choice('WorkerNodePolicy.leastPrivilege({ podIdentityAgent: false })', 'WorkerLeastPrivilegeWithoutPodIdentity', 'the same without the agent', AGENT,
           ['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'eks:DescribeCluster of its cluster', 'eks:DescribeCluster of another cluster']),
    Choice('WorkerNodePolicy.leastPrivilege({ instanceIdNodeName: true })', 'WorkerLeastPrivilegeInstanceIdNodeName', 'the same without the private DNS name', NODEADM,
           ['ec2:DescribeInstanceTypes', 'eks:DescribeCluster of its cluster', 'eks:DescribeCluster of another cluster', AGENT_CALL]),
    Choice('WorkerNodePolicy.custom({ statements })', 'WorkerCustom', 'the statements, and the agent in addition', GUIDE, [AGENT_CALL]),
]

REGISTRY_CHOICES = [
    Choice('ContainerRegistryPolicy.readOnly()', 'RegistryReadOnly', 'AmazonEC2ContainerRegistryReadOnly v3', MANAGED_POLICIES, READ_ONLY),
    Choice('ContainerRegistryPolicy.pullOnly()', 'RegistryPullOnly', 'AmazonEC2ContainerRegistryPullOnly v1', MANAGED_POLICIES,
           ['ecr:GetAuthorizationToken', *on(PULL, *EVERYWHERE), *on(['ecr:BatchImportUpstreamImage'], *EVERYWHERE[:2])]),
    Choice('ContainerRegistryPolicy.leastPrivilege()', 'RegistryLeastPrivilege', 'what pulling an image calls', PULL_ONLY,
           ['ecr:GetAuthorizationToken', *on(PULL, *EVERYWHERE)]),
    Choice('ContainerRegistryPolicy.leastPrivilege({ pullThroughCache: true })', 'RegistryLeastPrivilegePullThroughCache', 'and the first pull through a cache', PULL_THROUGH,
           ['ecr:GetAuthorizationToken', *on(PULL, *EVERYWHERE), *on(['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'], *EVERYWHERE[:2])]),
    Choice('ContainerRegistryPolicy.leastPrivilege({ repositories })', 'RegistryLeastPrivilegeRepositories', "the account's other repositories are out of reach", PULL_ONLY,
           ['ecr:GetAuthorizationToken', *on(PULL, EVERYWHERE[0], EVERYWHERE[2])]),
    Choice('ContainerRegistryPolicy.leastPrivilege({ repositories, pullThroughCache: true })', 'RegistryLeastPrivilegeRepositoriesPullThroughCache',
           'and the first pull into the named ones', PULL_THROUGH,
           ['ecr:GetAuthorizationToken', *on(PULL, EVERYWHERE[0], EVERYWHERE[2]), *on(['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'], EVERYWHERE[0])]),
    Choice('ContainerRegistryPolicy.none()', 'RegistryNone', 'nothing', GUIDE),
]

ISSUER = 'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE'
IRSA_TRUST = [trust({'Federated': f'arn:aws:iam::{ACCOUNT}:oidc-provider/{ISSUER}'}, ['sts:AssumeRoleWithWebIdentity'],
                    StringEquals={f'{ISSUER}:aud': 'sts.amazonaws.com', f'{ISSUER}:sub': 'system:serviceaccount:kube-system:aws-node'})]
AWS_NODE = {'aws:RequestTag/kubernetes-namespace': 'kube-system', 'aws:RequestTag/kubernetes-service-account': 'aws-node'}
POD_IDENTITY_TRUST = [trust({'Service': 'pods.eks.amazonaws.com'}, ['sts:AssumeRole', 'sts:TagSession'], StringEquals=AWS_NODE)]

VPC_CNI_CHOICES = [
    Choice('VpcCniPermissions.onNodeRole()', 'CniIpv4', 'AmazonEKS_CNI_Policy v6', MANAGED_POLICIES, CNI_IPV4),
    Choice('VpcCniPermissions.onNodeRole({ ipFamily: IPV6 })', 'CniIpv6', "AWS's published document", CNI_POLICY, CNI_IPV6),
    Choice('VpcCniPermissions.onNodeRole({ ipv6Policy })', 'CniIpv6NetworkInterfaces', 'with networkInterfaceManagement', CNI, [*CNI_IPV6, *NETWORK_INTERFACES]),
    Choice('VpcCniPermissions.onNodeRole({ ipFamily: IPV4_AND_IPV6 })', 'CniIpv4AndIpv6', 'both', CNI_POLICY, [*CNI_IPV4, *CNI_IPV6]),
    Choice('VpcCniPermissions.grantedElsewhere()', 'CniGrantedElsewhere', 'nothing', GUIDE),
    Choice('VpcCniPermissions.onSeparateRole({ identity })', 'CniOnSeparateRole', 'nothing on the node role', GUIDE),
    Choice('VpcCniIdentity.irsa({ oidcProvider })', 'VpcCniRoleIrsa', 'the same as 1, on the VpcCniRole', IRSA, CNI_IPV4, IRSA_TRUST),
    Choice('VpcCniIdentity.irsa({ oidcProvider }) with ipFamily: IPV6', 'VpcCniRoleIrsaIpv6', 'the same as 2, on the VpcCniRole', IRSA, CNI_IPV6, IRSA_TRUST),
    Choice('VpcCniIdentity.podIdentity()', 'CniOnSeparateRoleVpcCniRole', 'the same as 1, on the VpcCniRole', POD_IDENTITY, CNI_IPV4, POD_IDENTITY_TRUST),
]

OTHER_CHOICES = [
    Choice('false', 'NodeRole', 'all else as it is by default, the two policies that the guide requires', GUIDE, [*WORKER, *READ_ONLY]),
    Choice('true', 'SsmSessionPermissions', 'AmazonSSMManagedInstanceCore v2', MANAGED_POLICIES, [call.name for call in SSM_CALLS]),
]

PULL_ONLY_CALLS = ['ecr:GetAuthorizationToken', *on(PULL, *EVERYWHERE), *on(['ecr:BatchImportUpstreamImage'], *EVERYWHERE[:2])]
ITS_CLUSTER = ['eks:DescribeCluster of its cluster', 'eks:ListAccessEntries of its cluster']
ANY_CLUSTER = [*ITS_CLUSTER, 'eks:DescribeCluster of another cluster', 'eks:ListAccessEntries of another cluster']
SSM_ALLOWS = [*(call.name for call in SSM_CALLS), 'ssm:DescribeInstanceInformation', 'ssm:DeregisterManagedInstance registered for its cluster']
SSM_TRUST = [trust({'Service': 'ssm.amazonaws.com'}, ['sts:AssumeRole'], StringEquals={'aws:SourceAccount': ACCOUNT}, ArnEquals={'aws:SourceArn': f'arn:aws:ssm:us-east-1:{ACCOUNT}:*'})]
ANCHOR = {'aws:SourceArn': f'arn:aws:rolesanywhere:us-east-1:{ACCOUNT}:trust-anchor/any'}
ROLES_ANYWHERE_TRUST = [
    trust({'Service': 'rolesanywhere.amazonaws.com'}, ['sts:AssumeRole'], StringEquals={'sts:RoleSessionName': '${aws:PrincipalTag/x509Subject/CN}'}, ArnEquals=ANCHOR),
    trust({'Service': 'rolesanywhere.amazonaws.com'}, ['sts:SetSourceIdentity', 'sts:TagSession'], ArnEquals=ANCHOR),
]

OTHER_KINDS = [
    Choice('EksAutoModeNodeRole', 'AutoMode', 'AmazonEKSWorkerNodeMinimalPolicy and AmazonEC2ContainerRegistryPullOnly', AUTO_MODE, [AGENT_CALL, *PULL_ONLY_CALLS]),
    Choice('EksHybridNodeRole with HybridNodeCredentials.systemsManager()', 'HybridSystemsManager', 'in any cluster of the account', HYBRID,
           [*PULL_ONLY_CALLS, *ANY_CLUSTER, *SSM_ALLOWS, 'ssm:DeregisterManagedInstance registered for another cluster'], SSM_TRUST),
    Choice('EksHybridNodeRole with HybridNodeCredentials.systemsManager() and cluster', 'HybridSystemsManagerCluster', 'in that cluster', HYBRID,
           [*PULL_ONLY_CALLS, *ITS_CLUSTER, *SSM_ALLOWS], SSM_TRUST),
    Choice('EksHybridNodeRole with HybridNodeCredentials.iamRolesAnywhere()', 'HybridRolesAnywhere', 'in any cluster of the account', HYBRID,
           [*PULL_ONLY_CALLS, *ANY_CLUSTER], ROLES_ANYWHERE_TRUST),
    Choice('EksHybridNodeRole with podIdentityAgent: true', 'HybridPodIdentity', 'the same, and the agent', HYBRID,
           [*PULL_ONLY_CALLS, *ANY_CLUSTER, AGENT_CALL], ROLES_ANYWHERE_TRUST),
]
HYBRID_ROLES = [choice.role for choice in OTHER_KINDS if choice.role.startswith('Hybrid')]

CHOICES = [*WORKER_CHOICES, *REGISTRY_CHOICES, *VPC_CNI_CHOICES, *OTHER_CHOICES, *OTHER_KINDS]
