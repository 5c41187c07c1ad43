"""The stack of node-roles.ts, in Python: roles of EC2 nodes."""
from aws_cdk import Acknowledgment, Duration, Stack, Tags, Validations, aws_ecr as ecr, aws_eks as eks, aws_iam as iam
from cdk_eks_node_role import (
    CniIpv6Policy, ContainerRegistryPolicy, EksNodeRole, VpcCniIpFamily, VpcCniPermissions, WorkerNodePolicy,
)
from constructs import Construct


class NodeRoles(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        EksNodeRole(self, "Default")

        EksNodeRole(
            self, "DefaultChoices",
            worker_node_policy=WorkerNodePolicy.aws_managed(),
            container_registry_policy=ContainerRegistryPolicy.read_only(),
            vpc_cni=VpcCniPermissions.on_node_role(ip_family=VpcCniIpFamily.IPV4),
        )

        EksNodeRole(
            self, "Minimal",
            worker_node_policy=WorkerNodePolicy.aws_managed_minimal(),
            container_registry_policy=ContainerRegistryPolicy.pull_only(),
            vpc_cni=VpcCniPermissions.on_node_role(ip_family=VpcCniIpFamily.IPV4_AND_IPV6),
            ssm_session_permissions=True,
            role_name="minimal",
            description="Minimal",
            path="/eks/",
            max_session_duration=Duration.hours(2),
            permissions_boundary=iam.ManagedPolicy.from_aws_managed_policy_name("PowerUserAccess"),
        )

        least_privilege = EksNodeRole(
            self, "LeastPrivilege",
            worker_node_policy=WorkerNodePolicy.least_privilege(instance_id_node_name=True, pod_identity_agent=False),
            container_registry_policy=ContainerRegistryPolicy.least_privilege(
                repositories=[ecr.Repository(self, "Repository")],
                pull_through_cache=True,
            ),
            vpc_cni=VpcCniPermissions.granted_elsewhere(),
            additional_statements=[iam.PolicyStatement(actions=["logs:DescribeLogGroups"], resources=["*"])],
        )
        least_privilege.add_managed_policy(iam.ManagedPolicy.from_aws_managed_policy_name("CloudWatchAgentServerPolicy"))
        least_privilege.add_to_role_policy(iam.PolicyStatement(actions=["s3:GetObject"], resources=["arn:aws:s3:::files/*"]))
        Tags.of(least_privilege).add("team", "platform")

        custom = EksNodeRole(
            self, "Custom",
            worker_node_policy=WorkerNodePolicy.custom(
                statements=[iam.PolicyStatement(actions=["ec2:DescribeInstances"], resources=["*"])],
            ),
            container_registry_policy=ContainerRegistryPolicy.custom(
                managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name("AmazonEC2ContainerRegistryPowerUser")],
            ),
            vpc_cni=VpcCniPermissions.on_node_role(
                ipv6_policy=CniIpv6Policy(
                    self, "Ipv6", managed_policy_name=CniIpv6Policy.GUIDE_POLICY_NAME, network_interface_management=True,
                ),
            ),
        )
        if not EksNodeRole.is_eks_node_role(custom) or EksNodeRole.is_eks_node_role(self):
            raise AssertionError("is_eks_node_role")
        eks.CfnNodegroup(self, "Nodegroup", cluster_name="cluster", subnets=["subnet-1"], node_role=custom)

        no_registry = EksNodeRole(
            self, "NoRegistry",
            container_registry_policy=ContainerRegistryPolicy.none(),
            vpc_cni=VpcCniPermissions.on_node_role(ip_family=VpcCniIpFamily.IPV6, ipv6_policy=CniIpv6Policy.for_stack(self)),
        )
        Validations.of(no_registry).acknowledge(
            Acknowledgment(id="cdk-eks-node-role::NodeRoleRegistryPermissions", reason="Images come from elsewhere"),
        )
