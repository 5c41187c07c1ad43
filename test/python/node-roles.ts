/** The stack of node_roles.py, in TypeScript: roles of EC2 nodes. */
import { Duration, Stack, Tags, Validations } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CniIpv6Policy, ContainerRegistryPolicy, EksNodeRole, VpcCniIpFamily, VpcCniPermissions, WorkerNodePolicy } from 'cdk-eks-node-role';

export class NodeRoles extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    new EksNodeRole(this, 'Default');

    new EksNodeRole(this, 'DefaultChoices', {
      workerNodePolicy: WorkerNodePolicy.awsManaged(),
      containerRegistryPolicy: ContainerRegistryPolicy.readOnly(),
      vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4 }),
    });

    new EksNodeRole(this, 'Minimal', {
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

    const leastPrivilege = new EksNodeRole(this, 'LeastPrivilege', {
      workerNodePolicy: WorkerNodePolicy.leastPrivilege({ instanceIdNodeName: true, podIdentityAgent: false }),
      containerRegistryPolicy: ContainerRegistryPolicy.leastPrivilege({
        repositories: [new ecr.Repository(this, 'Repository')],
        pullThroughCache: true,
      }),
      vpcCni: VpcCniPermissions.grantedElsewhere(),
      additionalStatements: [new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] })],
    });
    leastPrivilege.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy'));
    leastPrivilege.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::files/*'] }));
    Tags.of(leastPrivilege).add('team', 'platform');

    const custom = new EksNodeRole(this, 'Custom', {
      workerNodePolicy: WorkerNodePolicy.custom({ statements: [new iam.PolicyStatement({ actions: ['ec2:DescribeInstances'], resources: ['*'] })] }),
      containerRegistryPolicy: ContainerRegistryPolicy.custom({
        managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEC2ContainerRegistryPowerUser')],
      }),
      vpcCni: VpcCniPermissions.onNodeRole({
        ipv6Policy: new CniIpv6Policy(this, 'Ipv6', { managedPolicyName: CniIpv6Policy.GUIDE_POLICY_NAME, networkInterfaceManagement: true }),
      }),
    });
    if (!EksNodeRole.isEksNodeRole(custom) || EksNodeRole.isEksNodeRole(this)) { throw new Error('isEksNodeRole'); }
    new eks.CfnNodegroup(this, 'Nodegroup', { clusterName: 'cluster', subnets: ['subnet-1'], nodeRole: custom });

    const noRegistry = new EksNodeRole(this, 'NoRegistry', {
      containerRegistryPolicy: ContainerRegistryPolicy.none(),
      vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV6, ipv6Policy: CniIpv6Policy.forStack(this) }),
    });
    Validations.of(noRegistry).acknowledge({ id: 'cdk-eks-node-role::NodeRoleRegistryPermissions', reason: 'Images come from elsewhere' });
  }
}
