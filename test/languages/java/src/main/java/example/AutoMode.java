package example;

import io.github.cdkeksnoderole.EksAutoModeNodeRole;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.eks.CfnCluster;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** A cluster with EKS Auto Mode, and a role for each of its two kinds of nodes. */
class AutoMode extends Stack {
    AutoMode(Construct scope, String id) {
        super(scope, id);

        List<String> subnetIds = CfnParameter.Builder.create(this, "SubnetIds").type("List<AWS::EC2::Subnet::Id>").build().getValueAsList();
        Role clusterRole = Role.Builder.create(this, "ClusterRole")
            .assumedBy(new ServicePrincipal("eks.amazonaws.com").withSessionTags())
            .managedPolicies(Stream.of(
                    "AmazonEKSClusterPolicy", "AmazonEKSComputePolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSLoadBalancingPolicy",
                    "AmazonEKSNetworkingPolicy")
                .map(ManagedPolicy::fromAwsManagedPolicyName).toList())
            .build();

        EksAutoModeNodeRole builtInPoolsRole = new EksAutoModeNodeRole(this, "BuiltInPoolsNodeRole");
        CfnCluster cluster = CfnCluster.Builder.create(this, "Cluster")
            .roleArn(clusterRole.getRoleArn())
            .resourcesVpcConfig(CfnCluster.ResourcesVpcConfigProperty.builder().subnetIds(subnetIds).build())
            .accessConfig(CfnCluster.AccessConfigProperty.builder().authenticationMode("API").build())
            .bootstrapSelfManagedAddons(false)
            .computeConfig(CfnCluster.ComputeConfigProperty.builder()
                .enabled(true)
                .nodePools(List.of("general-purpose", "system"))
                .nodeRoleArn(builtInPoolsRole.getRoleArn())
                .build())
            .kubernetesNetworkConfig(CfnCluster.KubernetesNetworkConfigProperty.builder()
                .elasticLoadBalancing(CfnCluster.ElasticLoadBalancingProperty.builder().enabled(true).build())
                .build())
            .storageConfig(CfnCluster.StorageConfigProperty.builder()
                .blockStorage(CfnCluster.BlockStorageProperty.builder().enabled(true).build())
                .build())
            .build();

        EksAutoModeNodeRole nodeClassRole = new EksAutoModeNodeRole(this, "NodeClassNodeRole");
        nodeClassRole.allowClusterAccess(cluster);
        CfnOutput.Builder.create(this, "NodeClassNodeRoleName").value(nodeClassRole.getRoleName()).build();
    }
}
