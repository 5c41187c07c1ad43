"""
The steps of the AWS guide by the command line, as the same API calls: https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html (read 2026-11-23).
`aws iam create-role`, `attach-role-policy` and `create-policy`; the documents are those of the guide, in the partition of the account.

The VPC CNI's own role by https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html and https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html (read 2026-11-23).
"""
import json

TRUST = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'ec2.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]}

# Beside it in the regions of China, where EKS was seen to ask for it: https://github.com/awslabs/cdk-eks-blueprints/issues/558 (read 2026-11-23).
TRUST_IN_CHINA = {'Effect': 'Allow', 'Principal': {'Service': 'ec2.amazonaws.com.cn'}, 'Action': 'sts:AssumeRole'}

IPV6_POLICY = {
    'Version': '2012-10-17',
    'Statement': [
        {
            'Effect': 'Allow',
            'Action': ['ec2:AssignIpv6Addresses', 'ec2:DescribeInstances', 'ec2:DescribeTags', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeInstanceTypes'],
            'Resource': '*',
        },
        {'Effect': 'Allow', 'Action': ['ec2:CreateTags'], 'Resource': ['arn:aws:ec2:*:*:network-interface/*']},
    ],
}

# What VPC CNI 1.22 needs and the guide's edition lacks: https://github.com/aws/amazon-vpc-cni-k8s/pull/3709 (read 2026-11-23).
IPV6_SINCE_1_22 = ['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets']

READ_ONLY = 'AmazonEC2ContainerRegistryReadOnly'
PULL_ONLY = 'AmazonEC2ContainerRegistryPullOnly'


def create_node_role(account, name, registry=READ_ONLY, cni=None, more=()):
    """Steps 1 to 4; `cni` is 'IPv4', 'IPv6' or, where the plugin has a role of its own, None."""
    iam = account.client('iam')
    trust = {**TRUST, 'Statement': TRUST['Statement'] + ([TRUST_IN_CHINA] if account.region.startswith('cn-') else [])}
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
    for policy in ['AmazonEKSWorkerNodePolicy', registry, *more]:
        attach(account, name, policy)
    if cni: attach_cni_policy(account, name, cni)


def create_cni_role(account, name, trust, ip_family='IPv4'):
    account.client('iam').create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({'Version': '2012-10-17', 'Statement': [trust]}))
    attach_cni_policy(account, name, ip_family)


def irsa_trust(provider_arn):
    issuer = provider_arn.split(':oidc-provider/')[1]
    return {
        'Effect': 'Allow', 'Principal': {'Federated': provider_arn}, 'Action': 'sts:AssumeRoleWithWebIdentity',
        'Condition': {'StringEquals': {f'{issuer}:aud': 'sts.amazonaws.com', f'{issuer}:sub': 'system:serviceaccount:kube-system:aws-node'}},
    }


def pod_identity_trust(cluster_arn):
    """With the conditions that the page shows, and the cluster's tag of https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html (read 2026-11-23)."""
    tags = {'kubernetes-namespace': 'kube-system', 'kubernetes-service-account': 'aws-node', 'eks-cluster-arn': cluster_arn}
    return {
        'Effect': 'Allow', 'Principal': {'Service': 'pods.eks.amazonaws.com'}, 'Action': ['sts:AssumeRole', 'sts:TagSession'],
        'Condition': {'StringEquals': {f'aws:RequestTag/{tag}': value for tag, value in tags.items()}},
    }


def attach_cni_policy(account, name, ip_family):
    if ip_family == 'IPv4':
        attach(account, name, 'AmazonEKS_CNI_Policy')
        return
    document = json.dumps(IPV6_POLICY).replace('arn:aws:', f'arn:{account.partition}:')
    arn = account.client('iam').create_policy(PolicyName='AmazonEKS_CNI_IPv6_Policy', PolicyDocument=document)['Policy']['Arn']
    account.client('iam').attach_role_policy(RoleName=name, PolicyArn=arn)


def attach(account, name, policy):
    account.client('iam').attach_role_policy(RoleName=name, PolicyArn=f'arn:{account.partition}:iam::aws:policy/{policy}')


def today(state):
    """The state of a role of the guide with the actions that its IPv6 policy lacks today: the one difference that the library makes."""
    for policy in state['customer managed policies']:
        for statement in policy:
            if 'ec2:AssignIpv6Addresses' in statement['Action']: statement['Action'] = sorted(statement['Action'] + IPV6_SINCE_1_22)
    return state
