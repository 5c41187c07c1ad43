package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-eks-node-role/cdk-eks-node-role-go/cdkeksnoderole"
)

// Three node roles, which differ in where the VPC CNI plugin gets its permissions.
func nodeRoles(scope constructs.Construct, id string) {
	stack := awscdk.NewStack(scope, &id, nil)

	cdkeksnoderole.NewEksNodeRole(stack, jsii.String("NodeRole"), &cdkeksnoderole.EksNodeRoleProps{
		VpcCni: cdkeksnoderole.VpcCniPermissions_OnNodeRole(nil),
	})

	cdkeksnoderole.NewEksNodeRole(stack, jsii.String("Ipv6NodeRole"), &cdkeksnoderole.EksNodeRoleProps{
		ContainerRegistryPolicy: cdkeksnoderole.ContainerRegistryPolicy_PullOnly(),
		VpcCni:                  cdkeksnoderole.VpcCniPermissions_OnNodeRole(&cdkeksnoderole.VpcCniOnNodeRoleOptions{IpFamily: cdkeksnoderole.VpcCniIpFamily_IPV6}),
	})

	cdkeksnoderole.NewEksNodeRole(stack, jsii.String("LeastPrivilegeNodeRole"), &cdkeksnoderole.EksNodeRoleProps{
		WorkerNodePolicy:        cdkeksnoderole.WorkerNodePolicy_LeastPrivilege(nil),
		ContainerRegistryPolicy: cdkeksnoderole.ContainerRegistryPolicy_LeastPrivilege(nil),
		VpcCni:                  cdkeksnoderole.VpcCniPermissions_GrantedElsewhere(),
	})
}
