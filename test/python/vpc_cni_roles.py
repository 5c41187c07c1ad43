"""The stack of vpc-cni-roles.ts, in Python: the VPC CNI on roles of its own."""
from aws_cdk import CfnOutput, Stack, aws_eks as eks, aws_iam as iam
from cdk_eks_node_role import CniIpv6Policy, EksNodeRole, VpcCniIdentity, VpcCniIpFamily, VpcCniPermissions, VpcCniRole
from constructs import Construct

from clusters import Clusters

ISSUER = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"


class VpcCniRoles(Stack):
    def __init__(self, scope: Construct, id: str, clusters: Clusters) -> None:
        super().__init__(scope, id)

        # The issuer is known.
        known = VpcCniRole(
            self, "Known",
            identity=VpcCniIdentity.irsa(
                oidc_provider=iam.OpenIdConnectProvider.from_open_id_connect_provider_arn(
                    self, "KnownProvider", f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}",
                ),
                issuer=f"https://{ISSUER}",
            ),
            additional_managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name("CloudWatchAgentServerPolicy")],
            additional_statements=[iam.PolicyStatement(actions=["logs:DescribeLogGroups"], resources=["*"])],
            role_name="vpc-cni",
            description="VPC CNI",
            path="/eks/",
            permissions_boundary=iam.ManagedPolicy.from_aws_managed_policy_name("PowerUserAccess"),
        )
        known.add_managed_policy(iam.ManagedPolicy.from_aws_managed_policy_name("AWSXRayDaemonWriteAccess"))
        known.add_to_role_policy(iam.PolicyStatement(actions=["logs:PutLogEvents"], resources=["*"]))

        # The issuer is known at deployment only.
        oidc_provider = iam.CfnOIDCProvider(self, "Provider", url="https://example.com", client_id_list=["sts.amazonaws.com"])
        token = VpcCniRole(
            self, "Token",
            identity=VpcCniIdentity.irsa(oidc_provider=oidc_provider),
            ip_family=VpcCniIpFamily.IPV4_AND_IPV6,
        )
        token.role.assume_role_policy.add_statements(iam.PolicyStatement(
            actions=["sts:AssumeRole"], principals=[iam.ServicePrincipal("ec2.amazonaws.com")],
        ))
        VpcCniRole(
            self, "OtherStack",
            identity=VpcCniIdentity.irsa(oidc_provider=clusters.oidc_provider),
            ipv6_policy=CniIpv6Policy.for_stack(self),
        )

        # The add-on owns the association.
        owned_by_addon = VpcCniRole(
            self, "OwnedByAddon",
            identity=VpcCniIdentity.pod_identity(cluster=clusters.l1, create_association=False),
        )
        any_cluster = VpcCniRole(self, "AnyCluster", identity=VpcCniIdentity.pod_identity())

        # Both values can be passed as they are: the one that does not apply is undefined.
        for cni_role in [known, token, owned_by_addon, any_cluster]:
            eks.CfnAddon(
                cni_role, "Addon",
                addon_name="vpc-cni",
                cluster_name=clusters.l1.ref,
                service_account_role_arn=cni_role.service_account_role_arn,
                pod_identity_associations=cni_role.addon_pod_identity_associations,
            )

        first = EksNodeRole(
            self, "First",
            vpc_cni=VpcCniPermissions.on_separate_role(
                identity=VpcCniIdentity.pod_identity(cluster=clusters.v2),
                ip_family=VpcCniIpFamily.IPV6,
                role_name="first-vpc-cni",
                description="First VPC CNI",
                path="/eks/",
                permissions_boundary=iam.ManagedPolicy.from_aws_managed_policy_name("PowerUserAccess"),
            ),
        )
        EksNodeRole(self, "Second", vpc_cni=VpcCniPermissions.on_existing_role(first.cni_role))
        CfnOutput(self, "Association", value=first.cni_role.association.attr_association_arn)
        CfnOutput(self, "Ipv6Policy", value=first.cni_ipv6_policy.managed_policy_arn)

        EksNodeRole(
            self, "Migration",
            vpc_cni=VpcCniPermissions.on_separate_role(
                identity=VpcCniIdentity.irsa(oidc_provider=oidc_provider),
                ipv6_policy=CniIpv6Policy.for_stack(self),
                keep_on_node_role=True,
            ),
        )
