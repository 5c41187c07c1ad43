import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { newStack, resourcesOf } from './helpers';
import {
  CniIpv6Policy, CniIpv6PolicyProps, ContainerRegistryPolicy, EksAutoModeNodeRole, EksHybridNodeRole, EksNodeRole, EksNodeRoleProps,
  HybridNodeCredentials, NodeInstanceProfileOptions, VpcCniIdentity, VpcCniIpFamily, VpcCniPermissions, VpcCniRole, WorkerNodePolicy,
} from 'cdk-eks-node-role';

const NODE_ROLE = ' [at Stack/NodeRole]';
const POLICY = ' [at Stack/Policy]';

const customerPolicies = (count: number) =>
  Array.from({ length: count }, (_, i) => iam.ManagedPolicy.fromAwsManagedPolicyName(`Policy${i}`));

function expectError(stack: Stack, construct: () => unknown, message: string) {
  expect(construct).toThrow(new Error(message));
  expect(resourcesOf(stack)).toEqual({});
}

test.each<[string, EksNodeRoleProps, string]>([
  ['roleName with a space', { roleName: 'node role' },
    'roleName is "node role", but AWS takes 1 to 64 letters, digits or _+=,.@-. Use another name, or leave it out and CloudFormation names the role'],
  ['roleName of 65 characters', { roleName: 'n'.repeat(65) },
    `roleName is "${'n'.repeat(65)}", but AWS takes 1 to 64 letters, digits or _+=,.@-. Use another name, or leave it out and CloudFormation names the role`],
  ['roleName without characters', { roleName: '' },
    'roleName is "", but AWS takes 1 to 64 letters, digits or _+=,.@-. Use another name, or leave it out and CloudFormation names the role'],
  ['path without a slash at the end', { path: '/eks' },
    'path is "/eks", but AWS takes at most 512 visible ASCII characters, the first and the last of them "/". Write a path such as "/eks/", or leave it out for "/"'],
  ['path without a slash at the start', { path: 'eks/' },
    'path is "eks/", but AWS takes at most 512 visible ASCII characters, the first and the last of them "/". Write a path such as "/eks/", or leave it out for "/"'],
  ['path with a space', { path: '/my nodes/' },
    'path is "/my nodes/", but AWS takes at most 512 visible ASCII characters, the first and the last of them "/". Write a path such as "/eks/", or leave it out for "/"'],
  ['path of 513 characters', { path: `/${'p'.repeat(511)}/` },
    `path is "/${'p'.repeat(75)}..., but AWS takes at most 512 visible ASCII characters, the first and the last of them "/". Write a path such as "/eks/", or leave it out for "/"`],
  ['path without characters', { path: '' },
    'path is "", but AWS takes at most 512 visible ASCII characters, the first and the last of them "/". Write a path such as "/eks/", or leave it out for "/"'],
  ['description of 1,001 characters', { description: 'd'.repeat(1001) },
    `description is "${'d'.repeat(76)}..., but AWS takes at most 1,000 characters, all of Latin-1. Shorten it, or leave out other characters`],
  ['description beyond Latin-1', { description: 'ノードロール' },
    'description is "ノードロール", but AWS takes at most 1,000 characters, all of Latin-1. Shorten it, or leave out other characters'],
  ['description with a control character', { description: 'node\u0000role' },
    'description is "node\\u0000role", but AWS takes at most 1,000 characters, all of Latin-1. Shorten it, or leave out other characters'],
  ['maxSessionDuration of less than an hour', { maxSessionDuration: Duration.minutes(59) },
    'maxSessionDuration is "59 minutes", but IAM takes 3600 to 43200 seconds, that is 1 to 12 hours. Write a duration such as Duration.hours(1), or leave it out'],
  ['maxSessionDuration of more than twelve hours', { maxSessionDuration: Duration.seconds(43201) },
    'maxSessionDuration is "12 hours 1 second", but IAM takes 3600 to 43200 seconds, that is 1 to 12 hours. Write a duration such as Duration.hours(1), or leave it out'],
  ['maxSessionDuration with half a second', { maxSessionDuration: Duration.millis(3600500) },
    'maxSessionDuration is "1 hour 500 millis", but IAM takes 3600 to 43200 seconds, that is 1 to 12 hours. Write a duration such as Duration.hours(1), or leave it out'],
  ['empty WorkerNodePolicy.custom', { workerNodePolicy: WorkerNodePolicy.custom({}) },
    'workerNodePolicy is {"managedPolicies":[],"statements":[]}, but a custom policy permits something. Give custom() at least one managed policy or one statement'],
  ['WorkerNodePolicy.custom with empty lists', { workerNodePolicy: WorkerNodePolicy.custom({ managedPolicies: [], statements: [], podIdentityAgent: true }) },
    'workerNodePolicy is {"managedPolicies":[],"statements":[]}, but a custom policy permits something. Give custom() at least one managed policy or one statement'],
  ['empty ContainerRegistryPolicy.custom', { containerRegistryPolicy: ContainerRegistryPolicy.custom({}) },
    'containerRegistryPolicy is {"managedPolicies":[],"statements":[]}, but a custom policy permits something. Give custom() at least one managed policy or one statement'],
  ['no repositories', { containerRegistryPolicy: ContainerRegistryPolicy.leastPrivilege({ repositories: [] }) },
    'repositories is [], but nodes have to pull images from somewhere. Name at least one repository, or leave repositories out for all of them'],
  ['ipv6Policy with IPv4', { vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4, ipv6Policy: customerPolicies(1)[0] }) },
    'ipv6Policy is given, but the IP family is IPV4, which has no use for it. Leave ipv6Policy out, or set ipFamily to IPV6 or IPV4_AND_IPV6'],
  ['26 managed policies', { additionalManagedPolicies: customerPolicies(24) },
    'number of managed policies is 26, but a role takes 25 at most. Leave some out, or give statements in place of policies'],
  ['26 managed policies, that of the statements counted', { additionalManagedPolicies: customerPolicies(22), workerNodePolicy: WorkerNodePolicy.leastPrivilege(), ssmSessionPermissions: true, vpcCni: VpcCniPermissions.onNodeRole() },
    'number of managed policies is 26, but a role takes 25 at most. Leave some out, or give statements in place of policies'],
])('EksNodeRole: %s', (_, props, message) => {
  const stack = newStack();
  expectError(stack, () => new EksNodeRole(stack, 'NodeRole', props), message + NODE_ROLE);
});

test.each<[string, CniIpv6PolicyProps, string]>([
  ['managedPolicyName with a slash', { managedPolicyName: 'eks/ipv6' },
    'managedPolicyName is "eks/ipv6", but AWS takes 1 to 128 letters, digits or _+=,.@-. Use another name, or leave it out and CloudFormation names the policy'],
  ['managedPolicyName of 129 characters', { managedPolicyName: 'n'.repeat(129) },
    `managedPolicyName is "${'n'.repeat(76)}..., but AWS takes 1 to 128 letters, digits or _+=,.@-. Use another name, or leave it out and CloudFormation names the policy`],
  ['managedPolicyName without characters', { managedPolicyName: '' },
    'managedPolicyName is "", but AWS takes 1 to 128 letters, digits or _+=,.@-. Use another name, or leave it out and CloudFormation names the policy'],
  ['description of 1,001 characters', { description: 'd'.repeat(1001) },
    `description is "${'d'.repeat(76)}..., but AWS takes at most 1,000 characters. Shorten it`],
  ['path without a slash at the end', { path: '/eks' },
    'path is "/eks", but AWS takes at most 512 letters, digits, "/" or .,+@=_-, the first and the last of them "/". Write a path such as "/eks/", or leave it out for "/"'],
  ['path with a character that roles take', { path: '/eks!/' },
    'path is "/eks!/", but AWS takes at most 512 letters, digits, "/" or .,+@=_-, the first and the last of them "/". Write a path such as "/eks/", or leave it out for "/"'],
])('CniIpv6Policy: %s', (_, props, message) => {
  const stack = newStack();
  expectError(stack, () => new CniIpv6Policy(stack, 'Policy', props), message + POLICY);
});

test.each<[string, EksNodeRoleProps]>([
  ['roleName of 64 characters, of every kind', { roleName: `${'n'.repeat(55)}Az09_+=,.@-`.slice(-64) }],
  ['path of 512 characters', { path: `/${'p'.repeat(510)}/` }],
  ['path "/"', { path: '/' }],
  ['description of 1,000 characters', { description: 'd'.repeat(1000) }],
  ['description without characters', { description: '' }],
  ['maxSessionDuration of an hour', { maxSessionDuration: Duration.hours(1) }],
  ['maxSessionDuration of twelve hours', { maxSessionDuration: Duration.hours(12) }],
])('EksNodeRole takes %s', (_, props) => {
  const stack = newStack();
  new EksNodeRole(stack, 'NodeRole', props);
  expect(Object.keys(resourcesOf(stack))).toEqual(['NodeRoleB5643E21']);
});

const NAME = 'AWS takes 1 to 64 letters, digits or _+=,.@-. Use another name, or leave it out and CloudFormation names the role';
const PATH = 'AWS takes at most 512 visible ASCII characters, the first and the last of them "/". Write a path such as "/eks/", or leave it out for "/"';
const DESCRIPTION = 'AWS takes at most 1,000 characters, all of Latin-1. Shorten it, or leave out other characters';
const NAMES: [string, RoleNames, string][] = [
  ['roleName without characters', { roleName: '' }, `roleName is "", but ${NAME}`],
  ['roleName with a slash', { roleName: 'eks/nodes' }, `roleName is "eks/nodes", but ${NAME}`],
  ['path without characters', { path: '' }, `path is "", but ${PATH}`],
  ['path without a slash at the end', { path: '/eks' }, `path is "/eks", but ${PATH}`],
  ['description beyond Latin-1', { description: 'ノードロール' }, `description is "ノードロール", but ${DESCRIPTION}`],
];
interface RoleNames { readonly roleName?: string; readonly path?: string; readonly description?: string }

test.each(NAMES)('VpcCniRole: %s', (_, props, message) => {
  const stack = newStack();
  expectError(stack, () => new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity(), ...props }), `${message} [at Stack/VpcCniRole]`);
});

test.each(NAMES)('VpcCniPermissions.onSeparateRole: %s', (_, props, message) => {
  const stack = newStack();
  const vpcCni = VpcCniPermissions.onSeparateRole({ identity: VpcCniIdentity.podIdentity(), ...props });
  expectError(stack, () => new EksNodeRole(stack, 'NodeRole', { vpcCni }), `${message} [at Stack/NodeRole/VpcCniRole]`);
});

test.each(NAMES)('EksAutoModeNodeRole: %s', (_, props, message) => {
  const stack = newStack();
  expectError(stack, () => new EksAutoModeNodeRole(stack, 'NodeRole', props), message + NODE_ROLE);
});

test.each(NAMES)('EksHybridNodeRole: %s', (_, props, message) => {
  const stack = newStack();
  expectError(stack, () => new EksHybridNodeRole(stack, 'NodeRole', { credentials: HybridNodeCredentials.systemsManager(), ...props }), message + NODE_ROLE);
});

const ISSUER = 'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE';
const PROVIDER_ARN = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;
const NO_PROVIDER = 'AWS takes an ARN such as arn:PARTITION:iam::ACCOUNT:oidc-provider/ISSUER. Pass the IAM OIDC provider of the cluster';
const NO_ISSUER = 'AWS takes an issuer such as oidc.eks.REGION.amazonaws.com/id/EXAMPLE. Write it as the cluster gives it, or leave it out';

test.each<[string, string, string | undefined, string]>([
  ['an ARN of a role', 'arn:aws:iam::111122223333:role/provider', undefined, `oidcProvider is "arn:aws:iam::111122223333:role/provider", but ${NO_PROVIDER}`],
  ['an issuer for an ARN', ISSUER, undefined, `oidcProvider is "${ISSUER}", but ${NO_PROVIDER}`],
  ['an ARN without issuer', 'arn:aws:iam::111122223333:oidc-provider/', undefined, `oidcProvider is "arn:aws:iam::111122223333:oidc-provider/", but ${NO_PROVIDER}`],
  ['an ARN whose issuer has a scheme', `arn:aws:iam::111122223333:oidc-provider/https://${ISSUER}`, undefined,
    `oidcProvider is "arn:aws:iam::111122223333:oidc-provider/https://oidc.eks.us-east-1.amazonaws..., but ${NO_PROVIDER}`],
  ['an issuer without characters', PROVIDER_ARN, '', `issuer is "", but ${NO_ISSUER}`],
  ['an issuer that is a scheme alone', PROVIDER_ARN, 'https://', `issuer is "", but ${NO_ISSUER}`],
  ['an issuer with another scheme', PROVIDER_ARN, `http://${ISSUER}`, `issuer is "http://${ISSUER}", but ${NO_ISSUER}`],
  ['an issuer with a condition key', PROVIDER_ARN, `${ISSUER}:sub`, `issuer is "${ISSUER}:sub", but ${NO_ISSUER}`],
  ['an issuer that is an ARN', PROVIDER_ARN, PROVIDER_ARN, `issuer is "${PROVIDER_ARN.slice(0, 76)}..., but ${NO_ISSUER}`],
  ['the issuer of another cluster', PROVIDER_ARN, 'https://oidc.eks.us-east-1.amazonaws.com/id/OTHER',
    `issuer is "https://oidc.eks.us-east-1.amazonaws.com/id/OTHER", but the OIDC provider is that of ${ISSUER}. Leave issuer out, or pass the provider of the same cluster`],
])('VpcCniIdentity.irsa: %s', (_, providerArn, issuer, message) => {
  const stack = newStack();
  const oidcProvider = new iam.CfnOIDCProvider(new Stack(), 'Provider');
  Object.defineProperty(oidcProvider, 'oidcProviderRef', { value: { oidcProviderArn: providerArn } });
  expectError(stack, () => new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.irsa({ oidcProvider, issuer }) }), `${message} [at Stack/VpcCniRole]`);
});

test('VpcCniIdentity.podIdentity: an association without a cluster', () => {
  const stack = newStack();
  expectError(stack, () => new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity({ createAssociation: true }) }),
    'createAssociation is true, but an association belongs to a cluster, and none is given. Give cluster, or leave createAssociation out [at Stack/VpcCniRole]');
});

test('VpcCniRole: ipv6Policy with IPv4', () => {
  const stack = newStack();
  expectError(stack, () => new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity(), ipFamily: VpcCniIpFamily.IPV4, ipv6Policy: customerPolicies(1)[0] }),
    'ipv6Policy is given, but the IP family is IPV4, which has no use for it. Leave ipv6Policy out, or set ipFamily to IPV6 or IPV4_AND_IPV6 [at Stack/VpcCniRole]');
});

test.each(['', 'my-trust-anchor', 'arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/1'])('HybridNodeCredentials.iamRolesAnywhere: trustAnchorArn "%s"', trustAnchorArn => {
  const stack = newStack();
  const credentials = HybridNodeCredentials.iamRolesAnywhere({ trustAnchorArn });
  expectError(stack, () => new EksHybridNodeRole(stack, 'NodeRole', { credentials }),
    `trustAnchorArn is "${trustAnchorArn}", but AWS takes an ARN such as arn:PARTITION:rolesanywhere:REGION:ACCOUNT:trust-anchor/ID. Pass the ARN of the trust anchor [at Stack/NodeRole]`);
});

test.each<[string, NodeInstanceProfileOptions, string]>([
  ['instanceProfileName without characters', { instanceProfileName: '' },
    'instanceProfileName is "", but AWS takes 1 to 128 letters, digits or _+=,.@-. Use another name, or leave it out and CloudFormation names the instance profile'],
  ['instanceProfileName of 129 characters', { instanceProfileName: 'n'.repeat(129) },
    `instanceProfileName is "${'n'.repeat(76)}..., but AWS takes 1 to 128 letters, digits or _+=,.@-. Use another name, or leave it out and CloudFormation names the instance profile`],
  ['path without a slash at the end', { path: '/eks' },
    'path is "/eks", but AWS takes at most 512 visible ASCII characters, the first and the last of them "/". Write a path such as "/eks/", or leave it out for that of the role'],
])('EksNodeRole.addInstanceProfile: %s', (_, options, message) => {
  const stack = newStack();
  const nodeRole = new EksNodeRole(stack, 'NodeRole');
  expect(() => nodeRole.addInstanceProfile(options)).toThrow(new Error(message + NODE_ROLE));
  expect(Object.keys(resourcesOf(stack))).toEqual(['NodeRoleB5643E21']);
});

test('EksNodeRole.addInstanceProfile: a second call', () => {
  const stack = newStack();
  const nodeRole = new EksNodeRole(stack, 'NodeRole');
  nodeRole.addInstanceProfile();
  expect(() => nodeRole.addInstanceProfile({ instanceProfileName: 'other' })).toThrow(
    new Error('addInstanceProfile() is called again, but a node role has one instance profile. Use instanceProfile, which the first call made' + NODE_ROLE));
});

describe('a statement on the role itself', () => {
  const passRole = (resource: string) => new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: [resource] });

  test.each<[string, (nodeRole: EksNodeRole) => string]>([
    ['by ARN', nodeRole => nodeRole.roleArn],
    ['by name', nodeRole => `arn:aws:iam::111122223333:role/${nodeRole.roleName}`],
    ['by a value that comes at synthesis', nodeRole => Lazy.string({ produce: () => nodeRole.role.roleArn })],
    ['by the role in it', nodeRole => nodeRole.role.roleArn],
  ])('fails, %s', (_, resourceOf) => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole');
    expect(() => nodeRole.addToRolePolicy(passRole(resourceOf(nodeRole)))).toThrow(
      /^statement is \{"Action":"iam:PassRole","Effect":"Allow","Resource":.*, but it names the role, which refers to the policy: each would wait for the other\. Use role\.addToPrincipalPolicy\(statement\), which makes a policy that waits for the role \[at Stack\/NodeRole\]$/);
    expect(Object.keys(resourcesOf(stack))).toEqual(['NodeRoleB5643E21']);
  });

  test('works as the error says, with a policy that waits for the role', () => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole');
    nodeRole.role.addToPrincipalPolicy(passRole(nodeRole.roleArn));
    expect(Object.values(resourcesOf(stack)).map(resource => resource.Type).sort()).toEqual(['AWS::IAM::Policy', 'AWS::IAM::Role']);
  });

  test('on another role is fine', () => {
    const stack = newStack();
    new EksNodeRole(stack, 'NodeRole').addToRolePolicy(passRole(new EksNodeRole(stack, 'Other').roleArn));
    expect(Object.keys(resourcesOf(stack))).toHaveLength(3);
  });
});

describe('a policy too many', () => {
  test.each<[string, (nodeRole: EksNodeRole) => void]>([
    ['addManagedPolicy', nodeRole => nodeRole.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('TheLastStraw'))],
    ['addToRolePolicy', nodeRole => nodeRole.addToRolePolicy(new iam.PolicyStatement({ actions: ['ec2:DescribeTags'], resources: ['*'] }))],
  ])('fails in %s, and leaves the role as it was', (_, add) => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole', { additionalManagedPolicies: customerPolicies(23) });
    expect(() => add(nodeRole)).toThrow(
      new Error('number of managed policies is 26, but a role takes 25 at most. Leave some out, or give statements in place of policies' + NODE_ROLE));
    expect(resourcesOf(stack)).toMatchObject({ NodeRoleB5643E21: { Properties: { ManagedPolicyArns: { length: 25 } } } });
    expect(Object.keys(resourcesOf(stack))).toHaveLength(1);
  });

  const describeTags = () => new iam.PolicyStatement({ actions: ['ec2:DescribeTags'], resources: ['*'] });

  test.each<[string, (stack: Stack) => EksNodeRole]>([
    ['additionalStatements', stack => new EksNodeRole(stack, 'NodeRole', {
      additionalManagedPolicies: customerPolicies(22), additionalStatements: [describeTags()],
    })],
    ['addToRolePolicy', stack => {
      const nodeRole = new EksNodeRole(stack, 'NodeRole', { additionalManagedPolicies: customerPolicies(22) });
      nodeRole.addToRolePolicy(describeTags());
      return nodeRole;
    }],
  ])('fails in addManagedPolicy, that of the statements of %s counted', (_, makeRole) => {
    const nodeRole = makeRole(newStack());
    expect(() => nodeRole.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('TheLastStraw'))).toThrow(
      new Error('number of managed policies is 26, but a role takes 25 at most. Leave some out, or give statements in place of policies' + NODE_ROLE));
  });
});
