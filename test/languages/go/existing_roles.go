package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseks"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-eks-node-role/cdk-eks-node-role-go/cdkeksnoderole"
)

// Node roles that someone else made, brought up to date in place by the mixin.
func existingRoles(scope constructs.Construct, id string) {
	stack := awscdk.NewStack(scope, &id, nil)

	cluster := awseks.Cluster_FromClusterAttributes(stack, jsii.String("Cluster"), &awseks.ClusterAttributes{
		ClusterName: jsii.String("my-cluster"),
		Vpc: awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Vpc"), &awsec2.VpcAttributes{
			VpcId:                      jsii.String("vpc-0123456789abcdef0"),
			AvailabilityZones:          jsii.Strings("us-east-1a"),
			PrivateSubnetIds:           jsii.Strings("subnet-0123456789abcdef0"),
			PrivateSubnetRouteTableIds: jsii.Strings("rtb-0123456789abcdef0"),
		}),
	})

	role := awsiam.NewRole(stack, jsii.String("NodeRole"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("ec2.amazonaws.com"), nil),
		ManagedPolicies: &[]awsiam.IManagedPolicy{
			awsiam.ManagedPolicy_FromAwsManagedPolicyName(jsii.String("AmazonEKSWorkerNodePolicy")),
			awsiam.ManagedPolicy_FromAwsManagedPolicyName(jsii.String("AmazonEKS_CNI_Policy")),
		},
	})
	nodegroup := awseks.NewNodegroup(stack, jsii.String("Nodegroup"), &awseks.NodegroupProps{Cluster: cluster})

	cniRole := cdkeksnoderole.NewVpcCniRole(stack, jsii.String("VpcCniRole"), &cdkeksnoderole.VpcCniRoleProps{
		Identity: cdkeksnoderole.VpcCniIdentity_PodIdentity(&cdkeksnoderole.PodIdentityOptions{Cluster: cluster}),
	})
	permissions := cdkeksnoderole.NewNodeRolePermissions(&cdkeksnoderole.NodeRolePermissionsProps{
		VpcCni: cdkeksnoderole.VpcCniPermissions_OnExistingRole(cniRole),
	})
	role.With(permissions)
	nodegroup.With(permissions)
}
