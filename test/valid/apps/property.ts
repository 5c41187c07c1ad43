/** A role with a property that CloudFormation does not know. */
import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EksNodeRole, VpcCniPermissions } from 'cdk-eks-node-role';

const app = new App();
const { role } = new EksNodeRole(new Stack(app, 'Fault'), 'NodeRole', { vpcCni: VpcCniPermissions.onNodeRole() });
(role.node.defaultChild as iam.CfnRole).addPropertyOverride('ManagedPolicies', []);
app.synth();
