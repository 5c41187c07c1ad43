"""The clusters of clusters.ts, in Python: one of each kind that the CDK has."""
from aws_cdk import Stack, aws_eks as eks, aws_eks_v2 as eksv2, aws_iam as iam, aws_lambda as lambda_
from constructs import Construct


class Clusters(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        self.l1 = eks.CfnCluster(
            self, "L1",
            role_arn="arn:aws:iam::111122223333:role/cluster",
            resources_vpc_config=eks.CfnCluster.ResourcesVpcConfigProperty(subnet_ids=["subnet-1", "subnet-2"]),
        )
        self.oidc_provider = iam.CfnOIDCProvider(
            self, "OidcProvider",
            url=self.l1.attr_open_id_connect_issuer_url,
            client_id_list=["sts.amazonaws.com"],
        )

        self.v1 = eks.Cluster(
            self, "V1",
            version=eks.KubernetesVersion.V1_34,
            kubectl_layer=lambda_.LayerVersion.from_layer_version_arn(
                self, "Kubectl", "arn:aws:lambda:us-east-1:111122223333:layer:kubectl:1",
            ),
            authentication_mode=eks.AuthenticationMode.API,
            default_capacity=0,
        )

        self.v2 = eksv2.Cluster(
            self, "V2",
            version=eksv2.KubernetesVersion.V1_34,
            default_capacity_type=eksv2.DefaultCapacityType.NODEGROUP,
            default_capacity=0,
        )

        self.imported = eks.Cluster.from_cluster_attributes(self, "Imported", cluster_name="imported")
