package example;

import io.github.cdkeksnoderole.ContainerRegistryPolicy;
import io.github.cdkeksnoderole.EksNodeRole;
import io.github.cdkeksnoderole.NodeClusterAccessOptions;
import io.github.cdkeksnoderole.NodeOperatingSystem;
import io.github.cdkeksnoderole.VpcCniPermissions;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.eks.Cluster;
import software.amazon.awscdk.services.eks.ClusterAttributes;
import software.amazon.awscdk.services.eks.ICluster;
import software.constructs.Construct;

/** Windows nodes beside Linux nodes: each operating system needs a role of its own. */
class Windows extends Stack {
    Windows(Construct scope, String id) {
        super(scope, id);

        ICluster cluster = Cluster.fromClusterAttributes(this, "Cluster", ClusterAttributes.builder().clusterName("my-cluster").build());

        EksNodeRole linuxNodeRole = EksNodeRole.Builder.create(this, "LinuxNodeRole")
            .containerRegistryPolicy(ContainerRegistryPolicy.pullOnly())
            .vpcCni(VpcCniPermissions.onNodeRole())
            .build();
        linuxNodeRole.addInstanceProfile();
        linuxNodeRole.allowClusterAccess(cluster);

        EksNodeRole windowsNodeRole = EksNodeRole.Builder.create(this, "WindowsNodeRole")
            .containerRegistryPolicy(ContainerRegistryPolicy.pullOnly())
            .vpcCni(VpcCniPermissions.grantedElsewhere())
            .build();
        windowsNodeRole.addInstanceProfile();
        windowsNodeRole.allowClusterAccess(cluster, NodeClusterAccessOptions.builder().operatingSystem(NodeOperatingSystem.WINDOWS).build());
    }
}
