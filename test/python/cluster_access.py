"""The stack of cluster-access.ts, in Python: what nodes need to join clusters."""
from aws_cdk import CfnOutput, Stack, aws_eks as eks, aws_iam as iam
from cdk_eks_node_role import EksNodeRole, NodeAccessEntry, NodeAccessEntryType, NodeOperatingSystem, VpcCniPermissions
from constructs import Construct

from clusters import Clusters


class ClusterAccess(Stack):
    def __init__(self, scope: Construct, id: str, clusters: Clusters) -> None:
        super().__init__(scope, id)
        vpc_cni = VpcCniPermissions.on_node_role()

        linux = EksNodeRole(self, "Linux", vpc_cni=vpc_cni)
        linux.allow_cluster_access(clusters.l1)
        linux.allow_cluster_access(clusters.v1)
        linux.allow_cluster_access(clusters.v2, operating_system=NodeOperatingSystem.LINUX)
        linux.allow_cluster_access(clusters.imported)
        linux.allow_cluster_access(clusters.imported)
        linux.add_instance_profile()
        CfnOutput(self, "InstanceProfile", value=linux.instance_profile.instance_profile_arn)

        windows = EksNodeRole(self, "Windows", vpc_cni=vpc_cni)
        entry = windows.allow_cluster_access(clusters.l1, operating_system=NodeOperatingSystem.WINDOWS)
        CfnOutput(self, "EntryArn", value=entry.access_entry_arn)
        CfnOutput(self, "EntryType", value=f"{entry.access_entry_type.value} {entry.access_entry.type}")
        windows.add_instance_profile(instance_profile_name="windows", path="/eks/")

        controller = iam.Role(self, "Controller", assumed_by=iam.ServicePrincipal("pods.eks.amazonaws.com"))
        linux.grant_pass_role(controller)

        # What every role has.
        CfnOutput(self, "RoleArn", value=linux.role_arn)
        CfnOutput(self, "RoleName", value=linux.role_name)
        CfnOutput(self, "Region", value=linux.env.region)
        CfnOutput(self, "RoleReference", value=linux.role_ref.role_arn)
        linux.grant_principal.add_to_principal_policy(iam.PolicyStatement(actions=["s3:ListBucket"], resources=["*"]))

        imported = eks.Cluster.from_cluster_attributes(self, "Imported", cluster_name="other")
        for access_entry_type in [
            NodeAccessEntryType.EC2_LINUX, NodeAccessEntryType.EC2_WINDOWS, NodeAccessEntryType.AUTO_MODE, NodeAccessEntryType.HYBRID_LINUX,
        ]:
            role = iam.Role.from_role_name(self, f"Role-{access_entry_type.value}", access_entry_type.value)
            NodeAccessEntry(self, access_entry_type.value, cluster=imported, role=role, access_entry_type=access_entry_type)
