package example;

import io.github.cdkeksnoderole.EksHybridNodeRole;
import io.github.cdkeksnoderole.HybridNodeCredentials;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.eks_v2.ClusterAttributes;
import software.amazon.awscdk.services.eks_v2.ICluster;
import software.constructs.Construct;

/** Nodes outside of AWS, with credentials by hybrid activations of Systems Manager. */
class HybridNodes extends Stack {
    HybridNodes(Construct scope, String id) {
        super(scope, id);

        ICluster cluster = Cluster.fromClusterAttributes(this, "Cluster", ClusterAttributes.builder().clusterName("my-cluster").build());
        EksHybridNodeRole nodeRole = EksHybridNodeRole.Builder.create(this, "NodeRole")
            .credentials(HybridNodeCredentials.systemsManager())
            .cluster(cluster)
            .build();
        nodeRole.allowClusterAccess(cluster);
    }
}
