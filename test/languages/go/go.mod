module example

go 1.25

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.260.0
	github.com/cdk-eks-node-role/cdk-eks-node-role-go/cdkeksnoderole v0.0.0
)

replace github.com/cdk-eks-node-role/cdk-eks-node-role-go/cdkeksnoderole => ../../../dist/go/cdkeksnoderole
