"""The stack of other-nodes.ts, in Python: EKS Auto Mode and hybrid nodes."""
from aws_cdk import Duration, Stack, aws_iam as iam
from cdk_eks_node_role import EksAutoModeNodeRole, EksHybridNodeRole, HybridNodeCredentials
from constructs import Construct

from clusters import Clusters


class OtherNodes(Stack):
    def __init__(self, scope: Construct, id: str, clusters: Clusters) -> None:
        super().__init__(scope, id)
        boundary = iam.ManagedPolicy.from_aws_managed_policy_name("PowerUserAccess")
        cloud_watch = iam.ManagedPolicy.from_aws_managed_policy_name("CloudWatchAgentServerPolicy")

        EksAutoModeNodeRole(self, "AutoModeDefault")
        auto_mode = EksAutoModeNodeRole(
            self, "AutoMode",
            additional_managed_policies=[cloud_watch],
            role_name="auto-mode",
            description="Auto Mode",
            path="/eks/",
            permissions_boundary=boundary,
        )
        auto_mode.add_managed_policy(iam.ManagedPolicy.from_aws_managed_policy_name("AWSXRayDaemonWriteAccess"))
        auto_mode.add_to_role_policy(iam.PolicyStatement(actions=["logs:DescribeLogGroups"], resources=["*"]))
        auto_mode.allow_cluster_access(clusters.v2)
        auto_mode.grant_pass_role(iam.Role(self, "ClusterRole", assumed_by=iam.ServicePrincipal("eks.amazonaws.com")))

        EksHybridNodeRole(self, "HybridDefault", credentials=HybridNodeCredentials.systems_manager())
        hybrid = EksHybridNodeRole(
            self, "SystemsManager",
            credentials=HybridNodeCredentials.systems_manager(),
            cluster=clusters.l1,
            pod_identity_agent=True,
            max_session_duration=Duration.hours(2),
            additional_managed_policies=[cloud_watch],
            role_name="hybrid",
            description="Hybrid",
            path="/eks/",
            permissions_boundary=boundary,
        )
        hybrid.add_managed_policy(iam.ManagedPolicy.from_aws_managed_policy_name("AWSXRayDaemonWriteAccess"))
        hybrid.add_to_role_policy(iam.PolicyStatement(actions=["logs:DescribeLogGroups"], resources=["*"]))
        hybrid.allow_cluster_access(clusters.l1)

        EksHybridNodeRole(
            self, "RolesAnywhere",
            credentials=HybridNodeCredentials.iam_roles_anywhere(
                trust_anchor_arn="arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111",
            ),
        )
