package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseks"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-eks-node-role/cdk-eks-node-role-go/cdkeksnoderole"
)

// Windows nodes beside Linux nodes: each operating system needs a role of its own.
func windows(scope constructs.Construct, id string) {
	stack := awscdk.NewStack(scope, &id, nil)
	cluster := awseks.Cluster_FromClusterAttributes(stack, jsii.String("Cluster"), &awseks.ClusterAttributes{
		ClusterName: jsii.String("my-cluster"),
	})

	linuxNodeRole := cdkeksnoderole.NewEksNodeRole(stack, jsii.String("LinuxNodeRole"), &cdkeksnoderole.EksNodeRoleProps{
		ContainerRegistryPolicy: cdkeksnoderole.ContainerRegistryPolicy_PullOnly(),
		VpcCni:                  cdkeksnoderole.VpcCniPermissions_OnNodeRole(nil),
	})
	linuxNodeRole.AddInstanceProfile(nil)
	linuxNodeRole.AllowClusterAccess(cluster, nil)

	windowsNodeRole := cdkeksnoderole.NewEksNodeRole(stack, jsii.String("WindowsNodeRole"), &cdkeksnoderole.EksNodeRoleProps{
		ContainerRegistryPolicy: cdkeksnoderole.ContainerRegistryPolicy_PullOnly(),
		VpcCni:                  cdkeksnoderole.VpcCniPermissions_GrantedElsewhere(),
	})
	windowsNodeRole.AddInstanceProfile(nil)
	windowsNodeRole.AllowClusterAccess(cluster, &cdkeksnoderole.NodeClusterAccessOptions{OperatingSystem: cdkeksnoderole.NodeOperatingSystem_WINDOWS})
}
