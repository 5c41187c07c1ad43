import { App, CfnParameter, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { arn, newStack, onlyPolicyStatements, onlyResource } from './helpers';
import { CniIpv6Policy, EksNodeRole, VpcCniIpFamily, VpcCniPermissions } from 'cdk-eks-node-role';

const PUBLISHED = [
  {
    Effect: 'Allow',
    Action: [
      'ec2:AssignIpv6Addresses', 'ec2:DescribeInstanceTypes', 'ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeTags',
    ],
    Resource: '*',
  },
  { Effect: 'Allow', Action: 'ec2:CreateTags', Resource: arn(':ec2:*:*:network-interface/*') },
];

const onIpv6NodeRole = { vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV6 }) };

test('has the document that AWS publishes today, with the partition of the stack', () => {
  const stack = newStack();
  new CniIpv6Policy(stack, 'Policy');
  expect(onlyPolicyStatements(stack)).toEqual(PUBLISHED);
});

test('has the partition as a literal where the CDK is told to write literals', () => {
  const app = new App({ context: { '@aws-cdk/core:enablePartitionLiterals': true } });
  const stack = new Stack(app, 'Stack', { env: { region: 'cn-north-1' } });
  new CniIpv6Policy(stack, 'Policy');
  expect(onlyPolicyStatements(stack)[1].Resource).toBe('arn:aws-cn:ec2:*:*:network-interface/*');
});

test('is named by CloudFormation', () => {
  const stack = newStack();
  new CniIpv6Policy(stack, 'Policy');
  expect(onlyResource(stack, 'AWS::IAM::ManagedPolicy')).not.toHaveProperty('ManagedPolicyName');
});

test('takes name, description and path', () => {
  const stack = newStack();
  new CniIpv6Policy(stack, 'Policy', { managedPolicyName: CniIpv6Policy.GUIDE_POLICY_NAME, description: 'For IPv6', path: '/eks/' });
  expect(onlyResource(stack, 'AWS::IAM::ManagedPolicy')).toMatchObject({
    ManagedPolicyName: 'AmazonEKS_CNI_IPv6_Policy', Description: 'For IPv6', Path: '/eks/',
  });
});

test('takes tokens, unchecked', () => {
  const stack = newStack();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  new CniIpv6Policy(stack, 'Policy', { managedPolicyName: text('Name'), description: text('Description'), path: text('Path') });
  expect(onlyResource(stack, 'AWS::IAM::ManagedPolicy')).toMatchObject({
    ManagedPolicyName: { Ref: 'Name' }, Description: { Ref: 'Description' }, Path: { Ref: 'Path' },
  });
});

test('manages network interfaces where asked to', () => {
  const stack = newStack();
  new CniIpv6Policy(stack, 'Policy', { networkInterfaceManagement: true });
  expect(onlyPolicyStatements(stack)).toEqual([
    ...PUBLISHED,
    {
      Effect: 'Allow',
      Action: [
        'ec2:AttachNetworkInterface', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DetachNetworkInterface',
        'ec2:ModifyNetworkInterfaceAttribute',
      ],
      Resource: '*',
    },
  ]);
});

describe('the shared policy', () => {
  test('is one for all roles of a stack', () => {
    const stack = newStack();
    const roles = [new EksNodeRole(stack, 'A', onIpv6NodeRole), new EksNodeRole(new EksNodeRole(stack, 'B', onIpv6NodeRole), 'C', onIpv6NodeRole)];
    expect(new Set([...roles.map(role => role.cniIpv6Policy), CniIpv6Policy.forStack(roles[1])]).size).toBe(1);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 1);
  });

  test('is one for each stack, a nested one too', () => {
    const app = new App();
    const stacks = [new Stack(app, 'One'), new Stack(app, 'Two')];
    stacks.push(new NestedStack(stacks[0], 'Nested'));
    const policies = stacks.map(stack => new EksNodeRole(stack, 'NodeRole', onIpv6NodeRole).cniIpv6Policy);
    expect(new Set(policies).size).toBe(3);
    stacks.forEach(stack => Template.fromStack(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 1));
  });

  test('is the one that the user made under its id', () => {
    const stack = newStack();
    const mine = new CniIpv6Policy(stack, 'AmazonEKS_CNI_IPv6_Policy', { networkInterfaceManagement: true });
    expect(CniIpv6Policy.forStack(stack)).toBe(mine);
  });

  test('fails where the stack has something else under its id', () => {
    const stack = newStack();
    new CfnResource(stack, 'AmazonEKS_CNI_IPv6_Policy', { type: 'AWS::IAM::ManagedPolicy' });
    expect(() => CniIpv6Policy.forStack(stack)).toThrow(
      'construct id is "AmazonEKS_CNI_IPv6_Policy", but the shared IPv6 policy of the stack has this id, and the construct is not a CniIpv6Policy. ' +
      'Give it another id, or pass it as ipv6Policy [at Stack/AmazonEKS_CNI_IPv6_Policy]');
  });
});
