/** The app of app.py, in TypeScript: one file for each theme, of the same name in both languages. */
import { App, Stack, Validations } from 'aws-cdk-lib';
import { ClusterAccess } from './cluster-access';
import { Clusters } from './clusters';
import { ExistingRoles } from './existing-roles';
import { NodeRoles } from './node-roles';
import { OtherNodes } from './other-nodes';
import { VpcCniRoles } from './vpc-cni-roles';
import { EksNodeRole, NodeRoleValidator } from 'cdk-eks-node-role';

const app = new App();
const validator = new NodeRoleValidator();
Validations.of(app).addPlugins(validator); // the CDK calls validator.validate
if (!validator.ruleIds?.includes('NodeRoleTrust')) { throw new Error('ruleIds'); }
const clusters = new Clusters(app, 'Clusters');
new NodeRoles(app, 'NodeRoles');
new VpcCniRoles(app, 'VpcCniRoles', clusters);
new ClusterAccess(app, 'ClusterAccess', clusters);
new OtherNodes(app, 'OtherNodes', clusters);
new ExistingRoles(app, 'ExistingRoles', clusters);
app.synth();

try {
  new EksNodeRole(new Stack(), 'NodeRole', { roleName: 'node role' });
} catch (error) {
  console.log((error as Error).message);
}
