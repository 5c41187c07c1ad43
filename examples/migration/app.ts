/**
 * The permissions of the VPC CNI plugin move from the node role of a running cluster to a role of the plugin's own.
 *
 * 1. `cdk deploy -c step=1`: both roles have them. Then `kubectl rollout restart daemonset aws-node --namespace kube-system`, so
 *    that the pods start anew, with credentials of their own role.
 * 2. `cdk deploy -c step=2`: the node role loses them.
 */
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { EksNodeRole, VpcCniIdentity, VpcCniPermissions } from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'Migration', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });
const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'my-cluster' });

const agent = new eks.Addon(stack, 'PodIdentityAgentAddon', { cluster, addonName: 'eks-pod-identity-agent' });

// Before: VpcCniPermissions.onNodeRole().
const nodeRole = new EksNodeRole(stack, 'NodeRole', {
  vpcCni: VpcCniPermissions.onSeparateRole({
    identity: VpcCniIdentity.podIdentity({ cluster }),
    keepOnNodeRole: app.node.tryGetContext('step') !== '2',
  }),
});
nodeRole.cniRole?.node.addDependency(agent);

app.synth();
