"""What software on nodes can't do without, and the choices with which it works: facts of AWS, stated apart from the library's code."""
from dataclasses import dataclass

from test.permissions.choices import *
from test.permissions.sources import *


@dataclass(frozen=True)
class Software:
    """Something on a node: what it can't do without, and the roles with which it works."""
    name: str
    needs: list
    works_with: list
    source: str


NODE_SOFTWARE = [
    Software('Amazon Linux 2023 (nodeadm)', ['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes'],
             ['WorkerAwsManaged', 'WorkerLeastPrivilege', 'WorkerLeastPrivilegeWithoutPodIdentity'], NODEADM),
    Software('Amazon Linux 2023 with InstanceIdNodeName, instance type in its table', [], [choice.role for choice in WORKER_CHOICES], NODEADM),
    Software('Bottlerocket', ['ec2:DescribeInstances', 'eks:DescribeCluster of its cluster'], ['WorkerAwsManaged', 'WorkerLeastPrivilege', 'WorkerLeastPrivilegeWithoutPodIdentity'], BOTTLEROCKET),
    Software('EKS Pod Identity agent', [AGENT_CALL], [choice.role for choice in WORKER_CHOICES if choice.role != 'WorkerLeastPrivilegeWithoutPodIdentity'], AGENT),
]

REGISTRY_SOFTWARE = [
    Software("pods of AWS's add-ons", ['ecr:GetAuthorizationToken', *on(PULL, EVERYWHERE[2])], [choice.role for choice in REGISTRY_CHOICES if choice.role != 'RegistryNone'], GUIDE),
    Software('pods of any repository of the account', ['ecr:GetAuthorizationToken', *on(PULL, EVERYWHERE[1])],
             ['RegistryReadOnly', 'RegistryPullOnly', 'RegistryLeastPrivilege', 'RegistryLeastPrivilegePullThroughCache'], PULL_ONLY),
    Software('pull through cache whose repository exists', ['ecr:GetAuthorizationToken', *on(PULL, EVERYWHERE[1]), 'ecr:BatchImportUpstreamImage of another repository'],
             ['RegistryPullOnly', 'RegistryLeastPrivilegePullThroughCache'], PULL_THROUGH),
    Software('pull through cache, first pull', ['ecr:GetAuthorizationToken', *on(PULL, EVERYWHERE[1]), *on(['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'], EVERYWHERE[1])],
             ['RegistryLeastPrivilegePullThroughCache'], PULL_THROUGH),
]

IPV4_NEEDS = ['ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses', 'ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeNetworkInterfaces',
              'ec2:CreateTags of a network interface', *NETWORK_INTERFACES]
IPV6_NEEDS = ['ec2:AssignIpv6Addresses', 'ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeNetworkInterfaces', 'ec2:CreateTags of a network interface']
SUBNETS = ['ec2:DescribeSubnets']
SUBNETS_AND_GROUPS = ['ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups']
ON_IPV4 = ['CniIpv4', 'CniIpv4AndIpv6', 'VpcCniRoleIrsa', 'CniOnSeparateRoleVpcCniRole']
ON_IPV6 = ['CniIpv6', 'CniIpv6NetworkInterfaces', 'CniIpv4AndIpv6', 'VpcCniRoleIrsaIpv6']

VPC_CNI_SOFTWARE = [
    Software('VPC CNI up to 1.17, IPv4', IPV4_NEEDS, ON_IPV4, CNI),
    Software('VPC CNI 1.18 to 1.21, IPv4', [*IPV4_NEEDS, *SUBNETS], ON_IPV4, CNI),
    Software('VPC CNI 1.22.0 and 1.22.1, IPv4', [*IPV4_NEEDS, *SUBNETS_AND_GROUPS], ON_IPV4, CNI_ISSUE),
    Software('VPC CNI 1.22.2 to 1.23, IPv4', [*IPV4_NEEDS, *SUBNETS], ON_IPV4, CNI),
    Software('VPC CNI up to 1.21, IPv6', IPV6_NEEDS, ON_IPV6, CNI_POLICY),
    Software('VPC CNI 1.22.0 and 1.22.1, IPv6', [*IPV6_NEEDS, *SUBNETS_AND_GROUPS], ON_IPV6, CNI_ISSUE),
    Software('VPC CNI 1.22.2 to 1.23, IPv6', [*IPV6_NEEDS, *SUBNETS], ON_IPV6, CNI),
    Software('… with several network cards, or a primary subnet tagged kubernetes.io/role/cni=0', [*IPV6_NEEDS, *SUBNETS, *NETWORK_INTERFACES],
             ['CniIpv6NetworkInterfaces', 'CniIpv4AndIpv6'], CNI),
    Software('… giving back IPv6 prefixes, which no policy of AWS permits', ['ec2:UnassignIpv6Addresses'], [], CNI),
]

OTHER_KINDS_SOFTWARE = [
    Software('nodeadm on a hybrid node', ['eks:DescribeCluster of its cluster', 'eks:ListAccessEntries of its cluster'], HYBRID_ROLES, HYBRID),
    Software('nodeadm uninstall, with Systems Manager', ['ssm:DescribeInstanceInformation', 'ssm:DeregisterManagedInstance registered for its cluster'],
             ['HybridSystemsManager', 'HybridSystemsManagerCluster'], HYBRID),
]

SOFTWARE = [*NODE_SOFTWARE, *REGISTRY_SOFTWARE, *VPC_CNI_SOFTWARE, *OTHER_KINDS_SOFTWARE]
