"""The calls that software on nodes makes, and some that nothing on a node makes: facts of AWS, stated apart from the library's code."""
from dataclasses import dataclass, field

from test.permissions.sources import AGENT, BOTTLEROCKET, CNI, CNI_POLICY, GUIDE, HYBRID, MANAGED_POLICIES, NODEADM, PULL_ONLY, PULL_THROUGH, SSM

ACCOUNT = '123456789012'
EC2 = f'arn:aws:ec2:us-east-1:{ACCOUNT}'
ECR = f'arn:aws:ecr:us-east-1:{ACCOUNT}:repository'
ADD_ONS = 'arn:aws:ecr:us-east-1:602401143452:repository/eks/pause'  # a registry of AWS: https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html
ENI = f'{EC2}:network-interface/eni-01234567890abcdef'
CLUSTER = f'arn:aws:eks:us-east-1:{ACCOUNT}:cluster/my-cluster'


@dataclass(frozen=True)
class Call:
    """An API call: its action, what it acts on, who makes it and where that was read."""
    action: str
    resource: str
    caller: str
    source: str
    on: str = ''  # tells apart calls of one action
    context: dict = field(default_factory=dict, hash=False)  # what conditions see, beside the account of the resource

    @property
    def name(self):
        return f'{self.action} {self.on}'.strip()


def calls(caller, source, resources):
    return [Call(action, resource, caller, source) for action, resource in resources.items()]


NODE_CALLS = [
    *calls('nodeadm and Bottlerocket, to name the node', NODEADM, {'ec2:DescribeInstances': '*'}),
    *calls('nodeadm, for instance types newer than its AMI', NODEADM, {'ec2:DescribeInstanceTypes': '*'}),
    Call('eks:DescribeCluster', CLUSTER, 'Bottlerocket, for the address of the DNS service', BOTTLEROCKET, 'of its cluster'),
    *calls('EKS Pod Identity agent', AGENT, {'eks-auth:AssumeRoleForPodIdentity': CLUSTER}),
    *calls('older kubelets', MANAGED_POLICIES, dict.fromkeys(
        ['ec2:DescribeRouteTables', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVolumes', 'ec2:DescribeVolumesModifications', 'ec2:DescribeVpcs'], '*')),
]

PULLS = [
    Call(action, resource, 'container runtime', PULL_ONLY, on)
    for action in ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
    for on, resource in {'of a named repository': f'{ECR}/my-service', 'of another repository': f'{ECR}/other', "of AWS's add-ons": ADD_ONS}.items()
]
REGISTRY_CALLS = [
    *calls('credential provider of the kubelet', PULL_ONLY, {'ecr:GetAuthorizationToken': '*'}),
    *PULLS,
    Call('ecr:BatchImportUpstreamImage', f'{ECR}/my-service', 'pull through cache', PULL_THROUGH, 'of a named repository'),
    Call('ecr:BatchImportUpstreamImage', f'{ECR}/docker-hub/nginx', 'pull through cache', PULL_THROUGH, 'of another repository'),
    Call('ecr:CreateRepository', f'{ECR}/my-service', 'pull through cache, first pull', PULL_THROUGH, 'of a named repository'),
    Call('ecr:CreateRepository', f'{ECR}/docker-hub/nginx', 'pull through cache, first pull', PULL_THROUGH, 'of another repository'),
    *calls('people and tools, not nodes', MANAGED_POLICIES, {
        **dict.fromkeys(['ecr:BatchCheckLayerAvailability', 'ecr:DescribeImages', 'ecr:DescribeRepositories', 'ecr:ListImages'], f'{ECR}/other'),
    }),
]

VPC_CNI_CALLS = [
    *calls('VPC CNI plugin', CNI, {
        **dict.fromkeys(['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups'], '*'),
        **dict.fromkeys([
            'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses', 'ec2:AssignIpv6Addresses', 'ec2:UnassignIpv6Addresses', 'ec2:CreateNetworkInterface',
            'ec2:AttachNetworkInterface', 'ec2:DetachNetworkInterface', 'ec2:ModifyNetworkInterfaceAttribute', 'ec2:DeleteNetworkInterface',
        ], ENI),
    }),
    *calls('VPC CNI plugin, as published', CNI_POLICY, {'ec2:DescribeTags': '*'}),
    Call('ec2:CreateTags', ENI, 'VPC CNI plugin', CNI, 'of a network interface'),
]

SSM_CALLS = calls('Systems Manager agent', SSM, {
    **dict.fromkeys(['ssm:UpdateInstanceInformation', 'ssmmessages:CreateControlChannel', 'ssmmessages:OpenDataChannel', 'ec2messages:GetMessages'], '*'),
    'ssm:GetParameter': f'arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/any',
})

OTHER_CLUSTER = f'arn:aws:eks:us-east-1:{ACCOUNT}:cluster/other'
HYBRID_CALLS = [
    *(call for call in NODE_CALLS if call.action == 'eks:DescribeCluster'),
    Call('eks:DescribeCluster', OTHER_CLUSTER, 'nodeadm on a hybrid node', HYBRID, 'of another cluster'),
    Call('eks:ListAccessEntries', CLUSTER, 'nodeadm on a hybrid node', HYBRID, 'of its cluster'),
    Call('eks:ListAccessEntries', OTHER_CLUSTER, 'nodeadm on a hybrid node', HYBRID, 'of another cluster'),
    Call('ssm:DescribeInstanceInformation', '*', 'nodeadm uninstall', HYBRID),
    *(Call('ssm:DeregisterManagedInstance', f'arn:aws:ssm:us-east-1:{ACCOUNT}:managed-instance/mi-01234567890abcdef', 'nodeadm uninstall', HYBRID, on, context)
      for on, context in {
          'registered for its cluster': {'ssm:resourceTag/EKSClusterARN': CLUSTER},
          'registered for another cluster': {'ssm:resourceTag/EKSClusterARN': OTHER_CLUSTER},
          'registered for none': {},
      }.items()),
]

# Nothing that a node does calls these; what a choice permits must not reach them.
NEVER = [
    *calls('nobody', GUIDE, {
        'ec2:CreateVpc': '*', 'ec2:RunInstances': f'{EC2}:instance/*', 'ec2:TerminateInstances': f'{EC2}:instance/i-01234567890abcdef',
        'ec2:ModifyInstanceAttribute': f'{EC2}:instance/i-01234567890abcdef',
        'ecr:PutImage': f'{ECR}/my-service', 'ecr:DeleteRepository': f'{ECR}/my-service', 'ecr:SetRepositoryPolicy': f'{ECR}/my-service',
        'eks:UpdateClusterConfig': CLUSTER, 'eks:CreateAccessEntry': CLUSTER,
        'iam:PassRole': f'arn:aws:iam::{ACCOUNT}:role/Admin', 'iam:CreateUser': f'arn:aws:iam::{ACCOUNT}:user/any', 'iam:AttachRolePolicy': f'arn:aws:iam::{ACCOUNT}:role/any',
        'sts:AssumeRole': f'arn:aws:iam::{ACCOUNT}:role/Admin', 's3:ListAllMyBuckets': '*', 's3:GetObject': 'arn:aws:s3:::bucket/object',
        'secretsmanager:GetSecretValue': f'arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:any', 'kms:Decrypt': f'arn:aws:kms:us-east-1:{ACCOUNT}:key/any',
    }),
    Call('ec2:CreateTags', f'{EC2}:instance/i-01234567890abcdef', 'nobody', CNI_POLICY, 'of an instance'),
]

CALLS = {call.name: call for call in [*NODE_CALLS, *REGISTRY_CALLS, *VPC_CNI_CALLS, *SSM_CALLS, *HYBRID_CALLS, *NEVER]}
