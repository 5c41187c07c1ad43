"""The first example of the README, in Python."""
from aws_cdk import App, Stack
from cdk_eks_node_role import EksNodeRole, VpcCniPermissions

app = App()
stack = Stack(app, "Nodes")
node_role = EksNodeRole(
    stack, "NodeRole",
    vpc_cni=VpcCniPermissions.on_node_role(),
)
app.synth()
