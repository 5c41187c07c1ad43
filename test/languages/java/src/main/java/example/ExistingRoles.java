package example;

import io.github.cdkeksnoderole.NodeRolePermissions;
import io.github.cdkeksnoderole.PodIdentityOptions;
import io.github.cdkeksnoderole.VpcCniIdentity;
import io.github.cdkeksnoderole.VpcCniPermissions;
import io.github.cdkeksnoderole.VpcCniRole;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.eks.Cluster;
import software.amazon.awscdk.services.eks.ClusterAttributes;
import software.amazon.awscdk.services.eks.ICluster;
import software.amazon.awscdk.services.eks.Nodegroup;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** Node roles that someone else made, brought up to date in place by the mixin. */
class ExistingRoles extends Stack {
    ExistingRoles(Construct scope, String id) {
        super(scope, id);

        IVpc vpc = Vpc.fromVpcAttributes(this, "Vpc", VpcAttributes.builder()
            .vpcId("vpc-0123456789abcdef0")
            .availabilityZones(List.of("us-east-1a"))
            .privateSubnetIds(List.of("subnet-0123456789abcdef0"))
            .privateSubnetRouteTableIds(List.of("rtb-0123456789abcdef0"))
            .build());
        ICluster cluster = Cluster.fromClusterAttributes(this, "Cluster", ClusterAttributes.builder().clusterName("my-cluster").vpc(vpc).build());

        Role role = Role.Builder.create(this, "NodeRole")
            .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
            .managedPolicies(List.of(
                ManagedPolicy.fromAwsManagedPolicyName("AmazonEKSWorkerNodePolicy"),
                ManagedPolicy.fromAwsManagedPolicyName("AmazonEKS_CNI_Policy")))
            .build();
        Nodegroup nodegroup = Nodegroup.Builder.create(this, "Nodegroup").cluster(cluster).build();

        VpcCniRole cniRole = VpcCniRole.Builder.create(this, "VpcCniRole")
            .identity(VpcCniIdentity.podIdentity(PodIdentityOptions.builder().cluster(cluster).build()))
            .build();
        NodeRolePermissions permissions = NodeRolePermissions.Builder.create()
            .vpcCni(VpcCniPermissions.onExistingRole(cniRole))
            .build();
        role.with(permissions);
        nodegroup.with(permissions);
    }
}
