"""What the roles of each example are: what the steps of AWS's guides make in the same account, or what those guides say."""
from test.emulator.guide import PULL_ONLY, TRUST, TRUST_IN_CHINA, create_cni_role, create_node_role, irsa_trust, pod_identity_trust, today
from test.emulator.iam_state import role_state, statements
from test.emulator.server import ACCOUNT


def guide(**choice):
    """A role that the guide's steps make."""
    def expected(account, _):
        name = 'AmazonEKSNodeRole'
        create_node_role(account, name, **choice)
        return today(role_state(account, name))
    return expected


def cni_by_irsa(**choice):
    """The VPC CNI's own role, for the only OIDC provider of the account."""
    def expected(account, deployed):
        create_cni_role(account, 'AmazonEKSVPCCNIRole', irsa_trust(*deployed['providers']), **choice)
        return today(role_state(account, 'AmazonEKSVPCCNIRole'))
    return expected


def cni_by_pod_identity(cluster, **choice):
    """The VPC CNI's own role, for a cluster of the template or, where that has none of that name, one that exists; None: for any."""
    def expected(account, deployed):
        create_cni_role(account, 'AmazonEKSVPCCNIRole', pod_identity_trust(cluster and cluster_arn(account, deployed, cluster)), **choice)
        return today(role_state(account, 'AmazonEKSVPCCNIRole'))
    return expected


def auto_mode(account, _):
    """https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html (read 2026-11-23)"""
    policies = [f'arn:{account.partition}:iam::aws:policy/{name}' for name in [PULL_ONLY, 'AmazonEKSWorkerNodeMinimalPolicy']]
    return {**least_privilege()(account, _), 'aws managed policies': policies}


def hybrid(cluster):
    """https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html (read 2026-11-24), for nodes of Systems Manager"""
    def expected(account, deployed):
        arn = cluster_arn(account, deployed, cluster)
        return {
            **least_privilege([
                {'Effect': 'Allow', 'Action': ['eks:DescribeCluster', 'eks:ListAccessEntries'], 'Resource': arn},
                {'Effect': 'Allow', 'Action': 'ssm:DescribeInstanceInformation', 'Resource': '*'},
                {'Effect': 'Allow', 'Action': 'ssm:DeregisterManagedInstance', 'Resource': arn_of(account, 'ssm', 'managed-instance/*'),
                 'Condition': {'StringEquals': {'ssm:resourceTag/EKSClusterARN': arn}}},
            ])(account, deployed),
            'trust': statements({'Statement': [{
                'Effect': 'Allow', 'Principal': {'Service': 'ssm.amazonaws.com'}, 'Action': 'sts:AssumeRole',
                'Condition': {'StringEquals': {'aws:SourceAccount': ACCOUNT}, 'ArnEquals': {'aws:SourceArn': arn_of(account, 'ssm', '*')}},
            }]}),
            'aws managed policies': [f'arn:{account.partition}:iam::aws:policy/{name}' for name in [PULL_ONLY, 'AmazonSSMManagedInstanceCore']],
        }
    return expected


def not_ours(account, _):
    """A role that the library did not make."""


def plain(account, deployed):
    """A role of the CDK that the mixin changed: it keeps its trust, which in the regions of China lacks the second name of EC2."""
    return {**guide()(account, deployed), 'trust': statements(TRUST)}


def cluster_arn(account, deployed, cluster):
    return arn_of(account, 'eks', f"cluster/{deployed['physical'].get(cluster, cluster)}")


def arn_of(account, service, resource):
    return f'arn:{account.partition}:{service}:{account.region}:{ACCOUNT}:{resource}'


def least_privilege(*documents):
    """A role with the guide's trust and, as the guide allows, "a custom policy with the minimal permissions"."""
    def expected(account, _):
        trust = TRUST['Statement'] + ([TRUST_IN_CHINA] if account.region.startswith('cn-') else [])
        return {
            'trust': statements({'Statement': trust}), 'aws managed policies': [], 'inline policies': [], 'boundary': None, 'path': '/',
            'customer managed policies': [statements({'Statement': statement}) for statement in documents],
        }
    return expected


# Example: the construct ids of its roles, and what each role is. An example without a row fails.
ROLES = {
    'auto-mode': {'ClusterRole': not_ours, 'BuiltInPoolsNodeRole': auto_mode, 'NodeClassNodeRole': auto_mode},
    'existing-roles': {'NodeRole': plain, 'NodegroupNodeGroupRole': plain, 'VpcCniRole': cni_by_pod_identity('my-cluster')},
    'hybrid-nodes': {'NodeRole': hybrid('my-cluster')},
    'ipv6-cluster': {
        'ClusterRole': not_ours,
        'NodeRole': guide(registry=PULL_ONLY),
        'NodeRoleVpcCniRole': cni_by_pod_identity('Cluster', ip_family='IPv6'),
    },
    'karpenter': {'NodeRole': guide(registry=PULL_ONLY, cni='IPv4', more=['AmazonSSMManagedInstanceCore']), 'ControllerRole': not_ours},
    'managed-node-group-irsa': {'ClusterRole': not_ours, 'NodeRole': guide(registry=PULL_ONLY), 'NodeRoleVpcCniRole': cni_by_irsa()},
    'migration': {'NodeRole': guide(cni='IPv4'), 'NodeRoleVpcCniRole': cni_by_pod_identity('my-cluster')},
    'node-role': {
        'NodeRole': guide(cni='IPv4'),
        'Ipv6NodeRole': guide(registry=PULL_ONLY, cni='IPv6'),
        'LeastPrivilegeNodeRole': least_privilege([
            {'Effect': 'Allow', 'Resource': '*', 'Action': ['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'eks:DescribeCluster', 'eks-auth:AssumeRoleForPodIdentity']},
            {'Effect': 'Allow', 'Resource': '*', 'Action': ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']},
        ]),
    },
    'pod-identity-addon': {'ClusterRole': not_ours, 'NodeRole': guide(registry=PULL_ONLY), 'NodeRoleVpcCniRole': cni_by_pod_identity('Cluster')},
    'self-managed-nodes': {'ClusterRole': not_ours, 'NodeRole': guide(registry=PULL_ONLY, cni='IPv4')},
    'windows': {'LinuxNodeRole': guide(registry=PULL_ONLY, cni='IPv4'), 'WindowsNodeRole': guide(registry=PULL_ONLY)},
}
