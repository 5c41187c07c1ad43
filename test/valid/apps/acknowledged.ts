/** The findings of cdk-nag, acknowledged as docs/security.md says. */
import { App, Stack, Validations } from 'aws-cdk-lib';
import { EksNodeRole, VpcCniIpFamily, VpcCniPermissions } from 'cdk-eks-node-role';

const app = new App();
const nodeRole = new EksNodeRole(new Stack(app, 'Acknowledged'), 'NodeRole', {
  vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4_AND_IPV6 }),
});
for (const policy of ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryReadOnly', 'AmazonEKS_CNI_Policy']) {
  const id = `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`;
  Validations.of(nodeRole).acknowledge({ id, reason: 'required by the guide for node roles' });
}
for (const resource of ['*', 'arn:<AWS::Partition>:ec2:*:*:network-interface/*']) {
  const id = `AwsSolutions-IAM5[Resource::${resource}]`;
  Validations.of(Stack.of(nodeRole)).acknowledge({ id, reason: 'network interfaces are made while nodes run' });
}
app.synth();
