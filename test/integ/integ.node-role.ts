/** Node roles alone: what IAM has of them once they are deployed. Takes a minute and costs nothing. */
import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { App, Stack } from 'aws-cdk-lib';
import { ContainerRegistryPolicy, EksNodeRole, VpcCniIpFamily, VpcCniPermissions, WorkerNodePolicy } from 'cdk-eks-node-role';

const app = new App({ treeMetadata: false });
const stack = new Stack(app, 'NodeRoleTest');
const nodeRole = new EksNodeRole(stack, 'NodeRole', {
  vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4_AND_IPV6 }),
  ssmSessionPermissions: true,
});
const instanceProfile = nodeRole.addInstanceProfile();
const leastPrivilege = new EksNodeRole(stack, 'LeastPrivilege', {
  workerNodePolicy: WorkerNodePolicy.leastPrivilege(),
  containerRegistryPolicy: ContainerRegistryPolicy.leastPrivilege(),
  vpcCni: VpcCniPermissions.grantedElsewhere(),
});

const { assertions } = new IntegTest(app, 'NodeRole', { testCases: [stack] });
const attachedTo = (role: EksNodeRole) => assertions.awsApiCall('IAM', 'listAttachedRolePolicies', { RoleName: role.roleName });

assertions.awsApiCall('IAM', 'getRole', { RoleName: nodeRole.roleName }).expect(ExpectedResult.objectLike({
  Role: { AssumeRolePolicyDocument: Match.stringLikeRegexp('ec2\\.amazonaws\\.com') },
}));
attachedTo(nodeRole).expect(ExpectedResult.objectLike({
  AttachedPolicies: Match.arrayWith([
    Match.objectLike({ PolicyName: 'AmazonEKSWorkerNodePolicy' }),
    Match.objectLike({ PolicyName: 'AmazonEC2ContainerRegistryReadOnly' }),
    Match.objectLike({ PolicyName: 'AmazonEKS_CNI_Policy' }),
    Match.objectLike({ PolicyName: 'AmazonSSMManagedInstanceCore' }),
    Match.objectLike({ PolicyName: Match.stringLikeRegexp('AmazonEKSCNIIPv6Policy') }),
  ]),
}));
attachedTo(leastPrivilege).expect(ExpectedResult.objectLike({
  AttachedPolicies: [Match.objectLike({ PolicyName: Match.stringLikeRegexp('LeastPrivilege') })],
}));
assertions.awsApiCall('IAM', 'getInstanceProfile', { InstanceProfileName: instanceProfile.instanceProfileName }).expect(ExpectedResult.objectLike({
  InstanceProfile: { Roles: [Match.objectLike({ RoleName: nodeRole.roleName })] },
}));
