/**
 * Nodes outside of AWS that join a cluster that exists, with credentials by hybrid activations of Systems Manager: give the
 * activation the role, and the tag `EKSClusterARN` with the ARN of the cluster.
 */
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { EksHybridNodeRole, HybridNodeCredentials } from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'HybridNodes', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });
const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'my-cluster' });

const nodeRole = new EksHybridNodeRole(stack, 'NodeRole', {
  credentials: HybridNodeCredentials.systemsManager(),
  cluster,
});
nodeRole.allowClusterAccess(cluster);

app.synth();
