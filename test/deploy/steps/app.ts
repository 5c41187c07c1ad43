/**
 * Templates that follow each other as one stack: a role of the CDK becomes an EksNodeRole, and changes its choices.
 */
import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ContainerRegistryPolicy, EksNodeRole, VpcCniIpFamily, VpcCniPermissions, WorkerNodePolicy } from 'cdk-eks-node-role';

const app = new App();

step('1-PlainRole', scope => new iam.Role(scope, 'NodeRole', {
  assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
  managedPolicies: ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryReadOnly', 'AmazonEKS_CNI_Policy'].map(name => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
}));
step('2-EksNodeRole', scope => new EksNodeRole(scope, 'NodeRole', {
  vpcCni: VpcCniPermissions.onNodeRole(),
}));
step('3-PullOnlyAndIpv6', scope => new EksNodeRole(scope, 'NodeRole', {
  containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
  vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4_AND_IPV6 }),
}));
step('4-LeastPrivilege', scope => new EksNodeRole(scope, 'NodeRole', {
  workerNodePolicy: WorkerNodePolicy.leastPrivilege(),
  containerRegistryPolicy: ContainerRegistryPolicy.leastPrivilege(),
  vpcCni: VpcCniPermissions.grantedElsewhere(),
}));
step('5-Guide', scope => new EksNodeRole(scope, 'NodeRole', {
  vpcCni: VpcCniPermissions.grantedElsewhere(),
}));

app.synth();

function step(name: string, make: (scope: Construct) => void) {
  make(new Stack(app, name, { stackName: 'Steps', env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } }));
}
