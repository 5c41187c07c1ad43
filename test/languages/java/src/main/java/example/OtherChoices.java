package example;

import io.github.cdkeksnoderole.CniIpv6Policy;
import io.github.cdkeksnoderole.ContainerRegistryPolicy;
import io.github.cdkeksnoderole.CustomContainerRegistryOptions;
import io.github.cdkeksnoderole.CustomWorkerNodeOptions;
import io.github.cdkeksnoderole.EksHybridNodeRole;
import io.github.cdkeksnoderole.EksNodeRole;
import io.github.cdkeksnoderole.HybridNodeCredentials;
import io.github.cdkeksnoderole.HybridNodeRolesAnywhereOptions;
import io.github.cdkeksnoderole.NodeAccessEntry;
import io.github.cdkeksnoderole.NodeAccessEntryType;
import io.github.cdkeksnoderole.VpcCniIpFamily;
import io.github.cdkeksnoderole.VpcCniOnNodeRoleOptions;
import io.github.cdkeksnoderole.VpcCniPermissions;
import io.github.cdkeksnoderole.WorkerNodePolicy;
import java.util.List;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.eks_v2.ClusterAttributes;
import software.amazon.awscdk.services.eks_v2.ICluster;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** The choices that the examples leave out, one after the other: the stack of other-choices/app.ts. */
class OtherChoices extends Stack {
    OtherChoices(Construct scope, String id) {
        super(scope, id);

        ICluster cluster = Cluster.fromClusterAttributes(this, "Cluster", ClusterAttributes.builder().clusterName("my-cluster").build());

        EksNodeRole nodeRole = EksNodeRole.Builder.create(this, "AwsManagedNodeRole")
            .workerNodePolicy(WorkerNodePolicy.awsManaged())
            .containerRegistryPolicy(ContainerRegistryPolicy.readOnly())
            .vpcCni(VpcCniPermissions.onNodeRole(VpcCniOnNodeRoleOptions.builder().ipFamily(VpcCniIpFamily.IPV4_AND_IPV6).build()))
            .ssmSessionPermissions(true)
            .build();
        NodeAccessEntry.Builder.create(this, "AccessEntry")
            .cluster(cluster)
            .role(nodeRole)
            .accessEntryType(NodeAccessEntryType.EC2_LINUX)
            .build();

        CniIpv6Policy ipv6Policy = CniIpv6Policy.Builder.create(this, "CniIpv6Policy").managedPolicyName(CniIpv6Policy.GUIDE_POLICY_NAME).build();
        EksNodeRole minimal = EksNodeRole.Builder.create(this, "MinimalNodeRole")
            .workerNodePolicy(WorkerNodePolicy.awsManagedMinimal())
            .containerRegistryPolicy(ContainerRegistryPolicy.none())
            .vpcCni(VpcCniPermissions.onNodeRole(VpcCniOnNodeRoleOptions.builder().ipv6Policy(ipv6Policy).build()))
            .build();
        Validations.of(minimal).acknowledge(Acknowledgment.builder()
            .id("cdk-eks-node-role::NodeRoleRegistryPermissions")
            .reason("Images come from elsewhere")
            .build());

        EksNodeRole.Builder.create(this, "CustomNodeRole")
            .workerNodePolicy(WorkerNodePolicy.custom(CustomWorkerNodeOptions.builder()
                .statements(List.of(PolicyStatement.Builder.create().actions(List.of("ec2:DescribeInstances")).resources(List.of("*")).build()))
                .build()))
            .containerRegistryPolicy(ContainerRegistryPolicy.custom(CustomContainerRegistryOptions.builder()
                .managedPolicies(List.of(ManagedPolicy.fromAwsManagedPolicyName("AmazonEC2ContainerRegistryPowerUser")))
                .build()))
            .vpcCni(VpcCniPermissions.grantedElsewhere())
            .build();

        EksHybridNodeRole.Builder.create(this, "RolesAnywhereNodeRole")
            .credentials(HybridNodeCredentials.iamRolesAnywhere(HybridNodeRolesAnywhereOptions.builder()
                .trustAnchorArn("arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111")
                .build()))
            .build();
    }
}
