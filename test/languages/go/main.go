// Examples of the library, in Go: one file for each stack.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-eks-node-role/cdk-eks-node-role-go/cdkeksnoderole"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	awscdk.Validations_Of(app).AddPlugins(cdkeksnoderole.NewNodeRoleValidator())

	nodeRoles(app, "NodeRoles")
	managedNodeGroupIrsa(app, "ManagedNodeGroupIrsa")
	existingRoles(app, "ExistingRoles")
	autoMode(app, "AutoMode")
	hybridNodes(app, "HybridNodes")
	windows(app, "Windows")
	otherChoices(app, "OtherChoices")
	app.Synth(nil)
}
