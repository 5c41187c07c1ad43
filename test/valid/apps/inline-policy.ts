/** A role that a grant of the CDK gives an inline policy. */
import { App, Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import { EksNodeRole, VpcCniPermissions } from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'Fault');
const nodeRole = new EksNodeRole(stack, 'NodeRole', { vpcCni: VpcCniPermissions.onNodeRole() });
new ecr.Repository(stack, 'Repository').grantPull(nodeRole);
app.synth();
