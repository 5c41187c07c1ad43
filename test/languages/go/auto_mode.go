package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseks"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-eks-node-role/cdk-eks-node-role-go/cdkeksnoderole"
)

// A cluster with EKS Auto Mode, and a role for each of its two kinds of nodes.
func autoMode(scope constructs.Construct, id string) {
	stack := awscdk.NewStack(scope, &id, nil)

	subnetIds := awscdk.NewCfnParameter(stack, jsii.String("SubnetIds"), &awscdk.CfnParameterProps{
		Type: jsii.String("List<AWS::EC2::Subnet::Id>"),
	}).ValueAsList()
	clusterRole := awsiam.NewRole(stack, jsii.String("ClusterRole"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("eks.amazonaws.com"), nil).WithSessionTags(),
		ManagedPolicies: &[]awsiam.IManagedPolicy{
			awsiam.ManagedPolicy_FromAwsManagedPolicyName(jsii.String("AmazonEKSClusterPolicy")),
			awsiam.ManagedPolicy_FromAwsManagedPolicyName(jsii.String("AmazonEKSComputePolicy")),
			awsiam.ManagedPolicy_FromAwsManagedPolicyName(jsii.String("AmazonEKSBlockStoragePolicy")),
			awsiam.ManagedPolicy_FromAwsManagedPolicyName(jsii.String("AmazonEKSLoadBalancingPolicy")),
			awsiam.ManagedPolicy_FromAwsManagedPolicyName(jsii.String("AmazonEKSNetworkingPolicy")),
		},
	})

	builtInPoolsRole := cdkeksnoderole.NewEksAutoModeNodeRole(stack, jsii.String("BuiltInPoolsNodeRole"), nil)
	cluster := awseks.NewCfnCluster(stack, jsii.String("Cluster"), &awseks.CfnClusterProps{
		RoleArn:                    clusterRole.RoleArn(),
		ResourcesVpcConfig:         &awseks.CfnCluster_ResourcesVpcConfigProperty{SubnetIds: subnetIds},
		AccessConfig:               &awseks.CfnCluster_AccessConfigProperty{AuthenticationMode: jsii.String("API")},
		BootstrapSelfManagedAddons: jsii.Bool(false),
		ComputeConfig: &awseks.CfnCluster_ComputeConfigProperty{
			Enabled:     jsii.Bool(true),
			NodePools:   jsii.Strings("general-purpose", "system"),
			NodeRoleArn: builtInPoolsRole.RoleArn(),
		},
		KubernetesNetworkConfig: &awseks.CfnCluster_KubernetesNetworkConfigProperty{
			ElasticLoadBalancing: &awseks.CfnCluster_ElasticLoadBalancingProperty{Enabled: jsii.Bool(true)},
		},
		StorageConfig: &awseks.CfnCluster_StorageConfigProperty{
			BlockStorage: &awseks.CfnCluster_BlockStorageProperty{Enabled: jsii.Bool(true)},
		},
	})

	nodeClassRole := cdkeksnoderole.NewEksAutoModeNodeRole(stack, jsii.String("NodeClassNodeRole"), nil)
	nodeClassRole.AllowClusterAccess(cluster)
	awscdk.NewCfnOutput(stack, jsii.String("NodeClassNodeRoleName"), &awscdk.CfnOutputProps{Value: nodeClassRole.RoleName()})
}
