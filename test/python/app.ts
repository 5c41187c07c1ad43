/** The roles of app.py, in TypeScript. */
import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CniIpv6Policy, ContainerRegistryPolicy, EksNodeRole, VpcCniIpFamily, VpcCniPermissions, WorkerNodePolicy } from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'NodeRoles');

new EksNodeRole(stack, 'Default');

new EksNodeRole(stack, 'Minimal', {
  workerNodePolicy: WorkerNodePolicy.awsManagedMinimal(),
  containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
  vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4_AND_IPV6 }),
  ssmSessionPermissions: true,
  roleName: 'minimal',
  description: 'Minimal',
  path: '/eks/',
  maxSessionDuration: Duration.hours(2),
  permissionsBoundary: iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'),
});

const leastPrivilege = new EksNodeRole(stack, 'LeastPrivilege', {
  workerNodePolicy: WorkerNodePolicy.leastPrivilege({ instanceIdNodeName: true, podIdentityAgent: false }),
  containerRegistryPolicy: ContainerRegistryPolicy.leastPrivilege({
    repositories: [new ecr.Repository(stack, 'Repository')],
    pullThroughCache: true,
  }),
  vpcCni: VpcCniPermissions.grantedElsewhere(),
  additionalStatements: [new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] })],
});
leastPrivilege.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy'));
leastPrivilege.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::files/*'] }));
Tags.of(leastPrivilege).add('team', 'platform');

const custom = new EksNodeRole(stack, 'Custom', {
  workerNodePolicy: WorkerNodePolicy.custom({ statements: [new iam.PolicyStatement({ actions: ['ec2:DescribeInstances'], resources: ['*'] })] }),
  containerRegistryPolicy: ContainerRegistryPolicy.custom({
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEC2ContainerRegistryPowerUser')],
  }),
  vpcCni: VpcCniPermissions.onNodeRole({
    ipv6Policy: new CniIpv6Policy(stack, 'Ipv6', { managedPolicyName: CniIpv6Policy.GUIDE_POLICY_NAME, networkInterfaceManagement: true }),
  }),
});
if (!EksNodeRole.isEksNodeRole(custom) || EksNodeRole.isEksNodeRole(stack)) { throw new Error('isEksNodeRole'); }
new eks.CfnNodegroup(stack, 'Nodegroup', { clusterName: 'cluster', subnets: ['subnet-1'], nodeRole: custom });

new EksNodeRole(stack, 'NoRegistry', {
  containerRegistryPolicy: ContainerRegistryPolicy.none(),
  vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV6, ipv6Policy: CniIpv6Policy.forStack(stack) }),
});

app.synth();
