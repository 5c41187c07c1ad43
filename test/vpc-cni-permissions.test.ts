import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { awsManagedPolicyArn, newStack, onlyRole, resourcesOf, warningsOf } from './helpers';
import { CniIpv6Policy, ContainerRegistryPolicy, EksNodeRole, VpcCniIpFamily, VpcCniPermissions } from 'cdk-eks-node-role';

const WORKER_NODE = awsManagedPolicyArn('AmazonEKSWorkerNodePolicy');
const CNI = awsManagedPolicyArn('AmazonEKS_CNI_Policy');
const SHARED: unknown = { Ref: 'AmazonEKSCNIIPv6Policy3D9DEEEE' };

function nodeRoleWith(vpcCni: VpcCniPermissions, stack: Stack = newStack()) {
  return new EksNodeRole(stack, 'NodeRole', { vpcCni, containerRegistryPolicy: ContainerRegistryPolicy.none() });
}

describe('onNodeRole', () => {
  test.each<[string, VpcCniIpFamily | undefined, unknown[]]>([
    ['no IP family: IPv4', undefined, [CNI]],
    ['IPv4', VpcCniIpFamily.IPV4, [CNI]],
    ['IPv6', VpcCniIpFamily.IPV6, [SHARED]],
    ['both', VpcCniIpFamily.IPV4_AND_IPV6, [CNI, SHARED]],
  ])('with %s', (_, ipFamily, policies) => {
    const stack = newStack();
    const nodeRole = nodeRoleWith(VpcCniPermissions.onNodeRole({ ipFamily }), stack);
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, ...policies]);
    expect(Object.keys(resourcesOf(stack))).toHaveLength(policies.includes(SHARED) ? 2 : 1);
    expect(stack.resolve(nodeRole.cniIpv6Policy?.managedPolicyArn)).toEqual(policies.find(policy => policy === SHARED));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('with an IPv6 policy alone means IPv6', () => {
    const stack = newStack();
    const ipv6Policy = new CniIpv6Policy(stack, 'Mine');
    const nodeRole = nodeRoleWith(VpcCniPermissions.onNodeRole({ ipv6Policy }), stack);
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, stack.resolve(ipv6Policy.managedPolicyArn)]);
    expect(nodeRole.cniIpv6Policy).toBe(ipv6Policy);
  });

  test('with an existing IPv6 policy makes none', () => {
    const stack = newStack();
    const ipv6Policy = iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Existing', 'arn:aws:iam::111122223333:policy/AmazonEKS_CNI_IPv6_Policy');
    nodeRoleWith(VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4_AND_IPV6, ipv6Policy }), stack);
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, CNI, 'arn:aws:iam::111122223333:policy/AmazonEKS_CNI_IPv6_Policy']);
    expect(Object.keys(resourcesOf(stack))).toHaveLength(1);
  });
});

test('grantedElsewhere attaches nothing and is silent', () => {
  const stack = newStack();
  const nodeRole = nodeRoleWith(VpcCniPermissions.grantedElsewhere(), stack);
  expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE]);
  expect(Object.keys(resourcesOf(stack))).toHaveLength(1);
  expect(nodeRole.cniIpv6Policy).toBeUndefined();
  expect(warningsOf(stack)).toEqual([]);
});
