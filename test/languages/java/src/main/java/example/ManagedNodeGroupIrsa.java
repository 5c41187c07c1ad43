package example;

import io.github.cdkeksnoderole.ContainerRegistryPolicy;
import io.github.cdkeksnoderole.EksNodeRole;
import io.github.cdkeksnoderole.IrsaOptions;
import io.github.cdkeksnoderole.VpcCniIdentity;
import io.github.cdkeksnoderole.VpcCniOnSeparateRoleOptions;
import io.github.cdkeksnoderole.VpcCniPermissions;
import java.util.List;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.eks.CfnAddon;
import software.amazon.awscdk.services.eks.CfnCluster;
import software.amazon.awscdk.services.eks.CfnNodegroup;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.OidcProviderNative;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** A managed node group whose VPC CNI plugin has a role of its own by IAM roles for service accounts (IRSA). */
class ManagedNodeGroupIrsa extends Stack {
    ManagedNodeGroupIrsa(Construct scope, String id) {
        super(scope, id);

        List<String> subnetIds = CfnParameter.Builder.create(this, "SubnetIds").type("List<AWS::EC2::Subnet::Id>").build().getValueAsList();
        Role clusterRole = Role.Builder.create(this, "ClusterRole")
            .assumedBy(new ServicePrincipal("eks.amazonaws.com"))
            .managedPolicies(List.of(ManagedPolicy.fromAwsManagedPolicyName("AmazonEKSClusterPolicy")))
            .build();
        CfnCluster cluster = CfnCluster.Builder.create(this, "Cluster")
            .roleArn(clusterRole.getRoleArn())
            .resourcesVpcConfig(CfnCluster.ResourcesVpcConfigProperty.builder().subnetIds(subnetIds).build())
            .accessConfig(CfnCluster.AccessConfigProperty.builder().authenticationMode("API").build())
            .build();
        OidcProviderNative oidcProvider = OidcProviderNative.Builder.create(this, "OidcProvider")
            .url(cluster.getAttrOpenIdConnectIssuerUrl())
            .clientIds(List.of("sts.amazonaws.com"))
            .build();

        EksNodeRole nodeRole = EksNodeRole.Builder.create(this, "NodeRole")
            .containerRegistryPolicy(ContainerRegistryPolicy.pullOnly())
            .vpcCni(VpcCniPermissions.onSeparateRole(VpcCniOnSeparateRoleOptions.builder()
                .identity(VpcCniIdentity.irsa(IrsaOptions.builder().oidcProvider(oidcProvider).build()))
                .build()))
            .build();
        CfnAddon addon = CfnAddon.Builder.create(this, "VpcCniAddon")
            .clusterName(cluster.getRef())
            .addonName("vpc-cni")
            .serviceAccountRoleArn(nodeRole.getCniRole().getServiceAccountRoleArn())
            .resolveConflicts("OVERWRITE")
            .build();
        CfnNodegroup nodegroup = CfnNodegroup.Builder.create(this, "Nodegroup")
            .clusterName(cluster.getRef())
            .nodeRole(nodeRole)
            .subnets(subnetIds)
            .build();
        nodegroup.getNode().addDependency(addon);
    }
}
