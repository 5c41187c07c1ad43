package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseksv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-eks-node-role/cdk-eks-node-role-go/cdkeksnoderole"
)

// Nodes outside of AWS, with credentials by hybrid activations of Systems Manager.
func hybridNodes(scope constructs.Construct, id string) {
	stack := awscdk.NewStack(scope, &id, nil)
	cluster := awseksv2.Cluster_FromClusterAttributes(stack, jsii.String("Cluster"), &awseksv2.ClusterAttributes{
		ClusterName: jsii.String("my-cluster"),
	})

	nodeRole := cdkeksnoderole.NewEksHybridNodeRole(stack, jsii.String("NodeRole"), &cdkeksnoderole.EksHybridNodeRoleProps{
		Credentials: cdkeksnoderole.HybridNodeCredentials_SystemsManager(),
		Cluster:     cluster,
	})
	nodeRole.AllowClusterAccess(cluster)
}
