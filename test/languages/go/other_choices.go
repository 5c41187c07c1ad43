package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseksv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-eks-node-role/cdk-eks-node-role-go/cdkeksnoderole"
)

// The choices that the examples leave out, one after the other: the stack of other-choices/app.ts.
func otherChoices(scope constructs.Construct, id string) {
	stack := awscdk.NewStack(scope, &id, nil)
	cluster := awseksv2.Cluster_FromClusterAttributes(stack, jsii.String("Cluster"), &awseksv2.ClusterAttributes{
		ClusterName: jsii.String("my-cluster"),
	})

	nodeRole := cdkeksnoderole.NewEksNodeRole(stack, jsii.String("AwsManagedNodeRole"), &cdkeksnoderole.EksNodeRoleProps{
		WorkerNodePolicy:        cdkeksnoderole.WorkerNodePolicy_AwsManaged(),
		ContainerRegistryPolicy: cdkeksnoderole.ContainerRegistryPolicy_ReadOnly(),
		VpcCni:                  cdkeksnoderole.VpcCniPermissions_OnNodeRole(&cdkeksnoderole.VpcCniOnNodeRoleOptions{IpFamily: cdkeksnoderole.VpcCniIpFamily_IPV4_AND_IPV6}),
		SsmSessionPermissions:   jsii.Bool(true),
	})
	cdkeksnoderole.NewNodeAccessEntry(stack, jsii.String("AccessEntry"), &cdkeksnoderole.NodeAccessEntryProps{
		Cluster:         cluster,
		Role:            nodeRole,
		AccessEntryType: cdkeksnoderole.NodeAccessEntryType_EC2_LINUX,
	})

	minimal := cdkeksnoderole.NewEksNodeRole(stack, jsii.String("MinimalNodeRole"), &cdkeksnoderole.EksNodeRoleProps{
		WorkerNodePolicy:        cdkeksnoderole.WorkerNodePolicy_AwsManagedMinimal(),
		ContainerRegistryPolicy: cdkeksnoderole.ContainerRegistryPolicy_None(),
		VpcCni: cdkeksnoderole.VpcCniPermissions_OnNodeRole(&cdkeksnoderole.VpcCniOnNodeRoleOptions{
			Ipv6Policy: cdkeksnoderole.NewCniIpv6Policy(stack, jsii.String("CniIpv6Policy"), &cdkeksnoderole.CniIpv6PolicyProps{
				ManagedPolicyName: cdkeksnoderole.CniIpv6Policy_GUIDE_POLICY_NAME(),
			}),
		}),
	})
	awscdk.Validations_Of(minimal).Acknowledge(&awscdk.Acknowledgment{
		Id:     jsii.String("cdk-eks-node-role::NodeRoleRegistryPermissions"),
		Reason: jsii.String("Images come from elsewhere"),
	})

	cdkeksnoderole.NewEksNodeRole(stack, jsii.String("CustomNodeRole"), &cdkeksnoderole.EksNodeRoleProps{
		WorkerNodePolicy: cdkeksnoderole.WorkerNodePolicy_Custom(&cdkeksnoderole.CustomWorkerNodeOptions{
			Statements: &[]awsiam.PolicyStatement{
				awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
					Actions:   jsii.Strings("ec2:DescribeInstances"),
					Resources: jsii.Strings("*"),
				}),
			},
		}),
		ContainerRegistryPolicy: cdkeksnoderole.ContainerRegistryPolicy_Custom(&cdkeksnoderole.CustomContainerRegistryOptions{
			ManagedPolicies: &[]awsiam.IManagedPolicy{
				awsiam.ManagedPolicy_FromAwsManagedPolicyName(jsii.String("AmazonEC2ContainerRegistryPowerUser")),
			},
		}),
		VpcCni: cdkeksnoderole.VpcCniPermissions_GrantedElsewhere(),
	})

	cdkeksnoderole.NewEksHybridNodeRole(stack, jsii.String("RolesAnywhereNodeRole"), &cdkeksnoderole.EksHybridNodeRoleProps{
		Credentials: cdkeksnoderole.HybridNodeCredentials_IamRolesAnywhere(&cdkeksnoderole.HybridNodeRolesAnywhereOptions{
			TrustAnchorArn: jsii.String("arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111"),
		}),
	})
}
