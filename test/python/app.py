"""The app of app.ts, in Python: one file for each theme, of the same name in both languages."""
from aws_cdk import App, Stack, Validations
from cdk_eks_node_role import EksNodeRole, NodeRoleValidator

from cluster_access import ClusterAccess
from clusters import Clusters
from existing_roles import ExistingRoles
from node_roles import NodeRoles
from other_nodes import OtherNodes
from vpc_cni_roles import VpcCniRoles

app = App()
validator = NodeRoleValidator()
Validations.of(app).add_plugins(validator)  # the CDK calls validator.validate
if "NodeRoleTrust" not in validator.rule_ids:
    raise AssertionError("rule_ids")
clusters = Clusters(app, "Clusters")
NodeRoles(app, "NodeRoles")
VpcCniRoles(app, "VpcCniRoles", clusters)
ClusterAccess(app, "ClusterAccess", clusters)
OtherNodes(app, "OtherNodes", clusters)
ExistingRoles(app, "ExistingRoles", clusters)
app.synth()

try:
    EksNodeRole(Stack(), "NodeRole", role_name="node role")
except RuntimeError as error:
    print(error)
