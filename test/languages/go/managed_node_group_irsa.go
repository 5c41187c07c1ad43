package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseks"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-eks-node-role/cdk-eks-node-role-go/cdkeksnoderole"
)

// A managed node group whose VPC CNI plugin has a role of its own by IAM roles for service accounts (IRSA).
func managedNodeGroupIrsa(scope constructs.Construct, id string) {
	stack := awscdk.NewStack(scope, &id, nil)

	subnetIds := awscdk.NewCfnParameter(stack, jsii.String("SubnetIds"), &awscdk.CfnParameterProps{
		Type: jsii.String("List<AWS::EC2::Subnet::Id>"),
	}).ValueAsList()
	clusterRole := awsiam.NewRole(stack, jsii.String("ClusterRole"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("eks.amazonaws.com"), nil),
		ManagedPolicies: &[]awsiam.IManagedPolicy{
			awsiam.ManagedPolicy_FromAwsManagedPolicyName(jsii.String("AmazonEKSClusterPolicy")),
		},
	})
	cluster := awseks.NewCfnCluster(stack, jsii.String("Cluster"), &awseks.CfnClusterProps{
		RoleArn:            clusterRole.RoleArn(),
		ResourcesVpcConfig: &awseks.CfnCluster_ResourcesVpcConfigProperty{SubnetIds: subnetIds},
		AccessConfig:       &awseks.CfnCluster_AccessConfigProperty{AuthenticationMode: jsii.String("API")},
	})
	oidcProvider := awsiam.NewOidcProviderNative(stack, jsii.String("OidcProvider"), &awsiam.OidcProviderNativeProps{
		Url:       cluster.AttrOpenIdConnectIssuerUrl(),
		ClientIds: jsii.Strings("sts.amazonaws.com"),
	})

	nodeRole := cdkeksnoderole.NewEksNodeRole(stack, jsii.String("NodeRole"), &cdkeksnoderole.EksNodeRoleProps{
		ContainerRegistryPolicy: cdkeksnoderole.ContainerRegistryPolicy_PullOnly(),
		VpcCni: cdkeksnoderole.VpcCniPermissions_OnSeparateRole(&cdkeksnoderole.VpcCniOnSeparateRoleOptions{
			Identity: cdkeksnoderole.VpcCniIdentity_Irsa(&cdkeksnoderole.IrsaOptions{OidcProvider: oidcProvider}),
		}),
	})
	addon := awseks.NewCfnAddon(stack, jsii.String("VpcCniAddon"), &awseks.CfnAddonProps{
		ClusterName:           cluster.Ref(),
		AddonName:             jsii.String("vpc-cni"),
		ServiceAccountRoleArn: nodeRole.CniRole().ServiceAccountRoleArn(),
		ResolveConflicts:      jsii.String("OVERWRITE"),
	})
	var subnets []interface{}
	for _, subnetId := range *subnetIds {
		subnets = append(subnets, subnetId)
	}
	nodegroup := awseks.NewCfnNodegroup(stack, jsii.String("Nodegroup"), &awseks.CfnNodegroupProps{
		ClusterName: cluster.Ref(),
		NodeRole:    nodeRole,
		Subnets:     &subnets,
	})
	nodegroup.Node().AddDependency(addon)
}
