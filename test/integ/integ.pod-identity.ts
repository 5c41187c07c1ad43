/**
 * Nodes become ready though their role has no policy of the VPC CNI plugin: it works with its own role, by EKS Pod Identity. Another
 * node role gets an access entry. Takes some 20 minutes, a cluster and one node.
 */
import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import { TestCluster } from './cluster';
import { ContainerRegistryPolicy, EksNodeRole, VpcCniIdentity, VpcCniPermissions } from 'cdk-eks-node-role';

const app = new App({ treeMetadata: false });
const stack = new Stack(app, 'PodIdentityTest');
const { cluster, subnets } = new TestCluster(stack, 'TestCluster', 'ipv4');
const clusterName = cluster.ref;
const agent = new eks.CfnAddon(stack, 'PodIdentityAgent', { clusterName, addonName: 'eks-pod-identity-agent' });

const nodeRole = new EksNodeRole(stack, 'NodeRole', {
  containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
  vpcCni: VpcCniPermissions.onSeparateRole({ identity: VpcCniIdentity.podIdentity({ cluster }) }),
});
nodeRole.cniRole?.node.addDependency(agent);
const nodegroup = new eks.CfnNodegroup(stack, 'Nodegroup', { clusterName, nodeRole, subnets, scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 1 } });

const selfManaged = new EksNodeRole(stack, 'SelfManagedNodeRole', { vpcCni: VpcCniPermissions.onExistingRole(nodeRole.cniRole!) });
selfManaged.allowClusterAccess(cluster);

const { assertions } = new IntegTest(app, 'PodIdentity', { testCases: [stack] });
assertions.awsApiCall('EKS', 'describeNodegroup', { clusterName, nodegroupName: nodegroup.attrNodegroupName }).expect(ExpectedResult.objectLike({
  nodegroup: { status: 'ACTIVE', health: { issues: [] } },
}));
assertions.awsApiCall('EKS', 'listPodIdentityAssociations', { clusterName }).expect(ExpectedResult.objectLike({
  associations: [Match.objectLike({ namespace: 'kube-system', serviceAccount: 'aws-node' })],
}));
assertions.awsApiCall('EKS', 'describeAccessEntry', { clusterName, principalArn: selfManaged.roleArn }).expect(ExpectedResult.objectLike({
  accessEntry: { type: 'EC2_LINUX' },
}));
