package example;

import io.github.cdkeksnoderole.ContainerRegistryPolicy;
import io.github.cdkeksnoderole.EksNodeRole;
import io.github.cdkeksnoderole.VpcCniIpFamily;
import io.github.cdkeksnoderole.VpcCniOnNodeRoleOptions;
import io.github.cdkeksnoderole.VpcCniPermissions;
import io.github.cdkeksnoderole.WorkerNodePolicy;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Three node roles, which differ in where the VPC CNI plugin gets its permissions. */
class NodeRoles extends Stack {
    NodeRoles(Construct scope, String id) {
        super(scope, id);

        EksNodeRole.Builder.create(this, "NodeRole")
            .vpcCni(VpcCniPermissions.onNodeRole())
            .build();

        EksNodeRole.Builder.create(this, "Ipv6NodeRole")
            .containerRegistryPolicy(ContainerRegistryPolicy.pullOnly())
            .vpcCni(VpcCniPermissions.onNodeRole(VpcCniOnNodeRoleOptions.builder().ipFamily(VpcCniIpFamily.IPV6).build()))
            .build();

        EksNodeRole.Builder.create(this, "LeastPrivilegeNodeRole")
            .workerNodePolicy(WorkerNodePolicy.leastPrivilege())
            .containerRegistryPolicy(ContainerRegistryPolicy.leastPrivilege())
            .vpcCni(VpcCniPermissions.grantedElsewhere())
            .build();
    }
}
