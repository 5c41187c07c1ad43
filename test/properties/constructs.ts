/** Every construct with all that may be said of it, and what has to hold of its deployment. */
import { Lazy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import { Use } from './any-input';
import * as choices from './choices';
import { Trust } from './choices';
import { Deployment } from './deployment';
import * as inputs from './inputs';
import { Input, makeAll, maybe } from './inputs';
import {
  CniIpv6Policy, EksAutoModeNodeRole, EksHybridNodeRole, EksNodeRole, NodeAccessEntry, NodeAccessEntryType, NodeOperatingSystem,
  NodeRolePermissions, VpcCniRole,
} from 'cdk-eks-node-role';

/** @see https://github.com/pulumi/pulumi-eks/issues/2341 (read 2026-11-23): in aws-cn by both names */
const ec2Trust: Trust = ({ partition }) => ['ec2.amazonaws.com', ...partition === 'aws-cn' ? ['ec2.amazonaws.com.cn'] : []]
  .map(Service => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }));

function expectTrust(deployment: Deployment, role: iam.Role, trust: Trust) {
  const { AssumeRolePolicyDocument: written } = deployment.resources[deployment.valueOf(role.roleName)].Properties;
  const document = typeof written === 'string' ? JSON.parse(written) : written;
  expect(document).toEqual({ Version: '2012-10-17', Statement: trust(deployment) });
}

const roleProps = {
  additionalManagedPolicies: maybe(inputs.managedPolicies),
  roleName: maybe(inputs.roleName),
  description: maybe(inputs.description),
  path: maybe(inputs.path),
  permissionsBoundary: maybe(inputs.managedPolicy),
};

/** Props of a construct, made in the stack before it is. */
function propsOf(record: Record<string, fc.Arbitrary<Input<any> | undefined>>, use: (props: any) => Use): fc.Arbitrary<Use> {
  return fc.record(record).map(given => {
    const make: Use = (stack, attempt) => use(makeAll(stack, given as any))(stack, attempt);
    return Object.assign(make, { [fc.toStringMethod]: () => fc.stringify(given) });
  });
}

/** A call after construction, whose argument is made before. */
function call<T>(name: string, argument: fc.Arbitrary<Input<T>>, make: (nodeRole: EksNodeRole, argument: T) => unknown) {
  return argument.map(given => new Input(`${name}(${given[fc.toStringMethod]()})`, stack => {
    const made = given.make(stack);
    return (nodeRole: EksNodeRole) => make(nodeRole, made);
  }));
}

/** Calls in any order. */
const calls = fc.array(fc.oneof(
  call('addManagedPolicy', inputs.managedPolicy, (nodeRole, policy) => nodeRole.addManagedPolicy(policy)),
  call('addToRolePolicy', inputs.statement, (nodeRole, statement) => nodeRole.addToRolePolicy(statement)),
  call('addToRolePolicy(itself)', fc.constant(new Input('', () => undefined)), nodeRole =>
    nodeRole.addToRolePolicy(new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: [nodeRole.roleArn] }))),
  call('addInstanceProfile', inputs.options({ instanceProfileName: inputs.policyName, path: inputs.path }), (nodeRole, options) => nodeRole.addInstanceProfile(options)),
  call('allowClusterAccess', inputs.cluster, (nodeRole, cluster) => nodeRole.allowClusterAccess(cluster)),
  call('allowClusterAccess(WINDOWS)', inputs.cluster, (nodeRole, cluster) => nodeRole.allowClusterAccess(cluster, { operatingSystem: NodeOperatingSystem.WINDOWS })),
), { maxLength: 3 });

/** A statement on the role that it is for, which only synthesis shows. */
const onItself = new Input('on itself', stack => [new iam.PolicyStatement({
  actions: ['iam:PassRole'],
  resources: [Lazy.string({ produce: () => (stack.node.findChild('NodeRole') as EksNodeRole).roleArn })],
})]);

export const eksNodeRole = propsOf({
  ...roleProps,
  workerNodePolicy: maybe(choices.workerNodePolicy),
  containerRegistryPolicy: maybe(choices.containerRegistryPolicy),
  vpcCni: maybe(choices.vpcCni),
  ssmSessionPermissions: maybe(inputs.flag),
  additionalStatements: maybe(fc.oneof({ weight: 9, arbitrary: inputs.statements }, { weight: 1, arbitrary: fc.constant(onItself) })),
  maxSessionDuration: maybe(inputs.duration),
  calls: calls.map(list => new Input(`${list.map(item => item[fc.toStringMethod]())}`, stack => list.map(item => item.make(stack)))),
}, ({ vpcCni, calls: later, ...props }) => (stack, attempt) => {
  const nodeRole = attempt(() => new EksNodeRole(stack, 'NodeRole', { ...props, vpcCni: vpcCni?.choice }));
  if (!nodeRole) { return undefined; }
  later.forEach((callIt: (role: EksNodeRole) => void) => attempt(() => callIt(nodeRole)));
  return deployment => {
    expectTrust(deployment, nodeRole.role, ec2Trust);
    if (vpcCni?.cniTrust) { expectTrust(deployment, nodeRole.cniRole!.role, vpcCni.cniTrust); }
  };
});

export const vpcCniRole = propsOf({
  ...roleProps,
  identity: choices.identity,
  ipFamily: maybe(choices.ipFamily),
  ipv6Policy: maybe(inputs.managedPolicy),
  additionalStatements: maybe(inputs.statements),
}, ({ identity, ...props }) => (stack, attempt) => {
  const cniRole = attempt(() => new VpcCniRole(stack, 'VpcCniRole', { ...props, identity: identity.choice }));
  return cniRole && (deployment => expectTrust(deployment, cniRole.role, identity.trust));
});

export const autoModeNodeRole = propsOf(roleProps, props => (stack, attempt) => {
  const nodeRole = attempt(() => new EksAutoModeNodeRole(stack, 'NodeRole', props));
  return nodeRole && (deployment => expectTrust(deployment, nodeRole.role, ec2Trust));
});

export const hybridNodeRole = propsOf({
  ...roleProps,
  credentials: choices.hybridCredentials,
  cluster: maybe(inputs.cluster),
  podIdentityAgent: maybe(inputs.flag),
  maxSessionDuration: maybe(inputs.duration),
}, ({ credentials, ...props }) => (stack, attempt) => {
  const nodeRole = attempt(() => new EksHybridNodeRole(stack, 'NodeRole', { ...props, credentials: credentials.choice }));
  return nodeRole && (deployment => expectTrust(deployment, nodeRole.role, credentials.trust));
});

export const cniIpv6Policy = propsOf({
  managedPolicyName: maybe(inputs.policyName),
  description: maybe(inputs.description),
  path: maybe(inputs.path),
  networkInterfaceManagement: maybe(inputs.flag),
}, props => (stack, attempt) => {
  const policy = attempt(() => new CniIpv6Policy(stack, 'Policy', props));
  return policy && (deployment => expect(deployment.ofType('AWS::IAM::ManagedPolicy')).toHaveLength(1));
});

export const nodeAccessEntry = propsOf({
  cluster: inputs.cluster,
  accessEntryType: maybe(fc.constantFrom(...Object.values(NodeAccessEntryType)).map(type => new Input(type, () => type))),
  twice: inputs.flag,
}, ({ cluster, accessEntryType, twice }) => (stack, attempt) => {
  const role = new EksNodeRole(stack, 'NodeRole');
  const entry = attempt(() => new NodeAccessEntry(stack, 'Entry', { cluster, role, accessEntryType }));
  if (twice) { expect(attempt(() => new NodeAccessEntry(stack, 'Again', { cluster, role: role.role }))).toBeUndefined(); }
  return entry && (deployment => {
    expect(deployment.ofType('AWS::EKS::AccessEntry')).toMatchObject([{ Type: { AUTO_MODE: 'EC2' }[accessEntryType as string] ?? accessEntryType ?? 'EC2_LINUX' }]);
  });
});

export const nodeRolePermissions = propsOf({
  given: inputs.awsPolicies,
  workerNodePolicy: maybe(choices.workerNodePolicy),
  containerRegistryPolicy: maybe(choices.containerRegistryPolicy),
  vpcCni: maybe(choices.vpcCni),
  ssmSessionPermissions: maybe(inputs.flag),
}, ({ given, vpcCni, ...props }) => (stack, attempt) => {
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'), managedPolicies: given });
  const applied = attempt(() => role.with(new NodeRolePermissions({ ...props, vpcCni: vpcCni?.choice })));
  return applied && (deployment => expectTrust(deployment, role, () => [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }]));
});
