"""The stack of existing-roles.ts, in Python: roles that others made, brought up to date by the mixin."""
from aws_cdk import Stack, aws_eks as eks, aws_iam as iam
from cdk_eks_node_role import (
    ContainerRegistryPolicy, NodeRolePermissions, VpcCniIdentity, VpcCniPermissions, VpcCniRole, WorkerNodePolicy,
)
from constructs import Construct

from clusters import Clusters

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


class ExistingRoles(Stack):
    def __init__(self, scope: Construct, id: str, clusters: Clusters) -> None:
        super().__init__(scope, id)

        iam.Role(self, "L2", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com")).with_(NodeRolePermissions())

        # What `with_` does.
        permissions = NodeRolePermissions()
        trusted = iam.CfnRole(self, "Trusted", assume_role_policy_document=TRUST)
        if permissions.supports(trusted) and not permissions.supports(self):
            permissions.apply_to(trusted)

        iam.CfnRole(
            self, "L1",
            assume_role_policy_document=TRUST,
            managed_policy_arns=["arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"],
        ).with_(NodeRolePermissions(
            worker_node_policy=WorkerNodePolicy.least_privilege(),
            container_registry_policy=ContainerRegistryPolicy.pull_only(),
            ssm_session_permissions=True,
            vpc_cni=VpcCniPermissions.granted_elsewhere(),
        ))

        # The role that the node group makes.
        cni_role = VpcCniRole(self, "VpcCniRole", identity=VpcCniIdentity.pod_identity(cluster=clusters.v1))
        eks.Nodegroup(self, "Nodegroup", cluster=clusters.v1).with_(NodeRolePermissions(
            vpc_cni=VpcCniPermissions.on_existing_role(cni_role),
        ))
