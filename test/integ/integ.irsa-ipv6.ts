/**
 * Nodes of an IPv6 cluster become ready, with the VPC CNI plugin on its own role by IRSA, whose trust policy is written as a JSON
 * string since only the deployment knows the issuer. Takes some 20 minutes, a cluster and one node.
 */
import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { TestCluster } from './cluster';
import { ContainerRegistryPolicy, EksNodeRole, VpcCniIdentity, VpcCniIpFamily, VpcCniPermissions } from 'cdk-eks-node-role';

const app = new App({ treeMetadata: false });
const stack = new Stack(app, 'IrsaIpv6Test');
const { cluster, subnets } = new TestCluster(stack, 'TestCluster', 'ipv6');
const clusterName = cluster.ref;
const oidcProvider = new iam.OidcProviderNative(stack, 'OidcProvider', {
  url: cluster.attrOpenIdConnectIssuerUrl,
  clientIds: ['sts.amazonaws.com'],
});

const nodeRole = new EksNodeRole(stack, 'NodeRole', {
  containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
  vpcCni: VpcCniPermissions.onSeparateRole({ identity: VpcCniIdentity.irsa({ oidcProvider }), ipFamily: VpcCniIpFamily.IPV6 }),
});
const addon = new eks.CfnAddon(stack, 'VpcCni', {
  clusterName,
  addonName: 'vpc-cni',
  serviceAccountRoleArn: nodeRole.cniRole?.serviceAccountRoleArn,
  resolveConflicts: 'OVERWRITE',
});
const nodegroup = new eks.CfnNodegroup(stack, 'Nodegroup', { clusterName, nodeRole, subnets, scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 1 } });
nodegroup.node.addDependency(addon);

const { assertions } = new IntegTest(app, 'IrsaIpv6', { testCases: [stack] });
assertions.awsApiCall('EKS', 'describeNodegroup', { clusterName, nodegroupName: nodegroup.attrNodegroupName }).expect(ExpectedResult.objectLike({
  nodegroup: { status: 'ACTIVE', health: { issues: [] } },
}));
assertions.awsApiCall('EKS', 'describeAddon', { clusterName, addonName: 'vpc-cni' }).expect(ExpectedResult.objectLike({
  addon: { status: 'ACTIVE', health: { issues: [] } },
}));
assertions.awsApiCall('IAM', 'getRole', { RoleName: nodeRole.cniRole!.roleName }).expect(ExpectedResult.objectLike({
  Role: { AssumeRolePolicyDocument: Match.stringLikeRegexp('system%3Aserviceaccount%3Akube-system%3Aaws-node') },
}));
