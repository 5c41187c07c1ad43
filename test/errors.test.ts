import { readFileSync } from 'fs';
import { join } from 'path';
import { CfnElement, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ERRORS, errorsDoc } from './errors/errors-doc';
import { passRole, policies } from './errors/row';
import { importedCluster, newStack, resourcesOf, resourceTypes } from './helpers';
import { EksNodeRole, EksNodeRoleProps, VpcCniIdentity, VpcCniPermissions, VpcCniRole } from 'cdk-eks-node-role';

const elementsOf = (stack: Stack) => stack.node.findAll().filter(CfnElement.isCfnElement).map(({ node }) => node.path);

describe.each(ERRORS)('%s', (_, rows) => {
  test.each(rows)('%s', (__, make, message) => {
    const stack = newStack();
    const act = make(stack);
    const before = elementsOf(stack);
    expect(act).toThrow(new Error(message));
    expect(elementsOf(stack)).toEqual(before);
  });
});

test('at least 60 errors are told apart', () => {
  expect(new Set(ERRORS.flatMap(([, rows]) => rows).map(([, , message]) => message)).size).toBeGreaterThanOrEqual(60);
});

test('docs/errors.md is what `npm run docs:errors` writes', () => {
  expect(readFileSync(join(__dirname, '..', 'docs', 'errors.md'), 'utf8')).toBe(errorsDoc());
});

describe('what is just right is taken', () => {
  test.each<[string, EksNodeRoleProps]>([
    ['roleName of 64 characters, of every kind', { roleName: `${'n'.repeat(55)}Az09_+=,.@-`.slice(-64) }],
    ['path of 512 characters', { path: `/${'p'.repeat(510)}/` }],
    ['path "/"', { path: '/' }],
    ['description of 1,000 characters', { description: 'd'.repeat(1000) }],
    ['description without characters', { description: '' }],
    ['maxSessionDuration of an hour', { maxSessionDuration: Duration.hours(1) }],
    ['maxSessionDuration of twelve hours', { maxSessionDuration: Duration.hours(12) }],
  ])('EksNodeRole: %s', (_, props) => {
    const stack = newStack();
    new EksNodeRole(stack, 'NodeRole', props);
    expect(Object.keys(resourcesOf(stack))).toEqual(['NodeRoleB5643E21']);
  });

  test('a statement on the role itself, as the error says, with a policy that waits for the role', () => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole');
    nodeRole.role.addToPrincipalPolicy(passRole(nodeRole.roleArn));
    expect(resourceTypes(stack)).toEqual(['AWS::IAM::Policy', 'AWS::IAM::Role']);
  });

  test('a statement on another role', () => {
    const stack = newStack();
    new EksNodeRole(stack, 'NodeRole').addToRolePolicy(passRole(new EksNodeRole(stack, 'Other').roleArn));
    expect(Object.keys(resourcesOf(stack))).toHaveLength(3);
  });
});

describe('an error', () => {
  test.each<[string, (nodeRole: EksNodeRole) => void]>([
    ['addManagedPolicy', nodeRole => nodeRole.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('TheLastStraw'))],
    ['addToRolePolicy', nodeRole => nodeRole.addToRolePolicy(passRole('*'))],
  ])('in %s leaves the role as it was', (_, add) => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole', { additionalManagedPolicies: policies(23) });
    expect(() => add(nodeRole)).toThrow();
    expect(resourcesOf(stack)).toMatchObject({ NodeRoleB5643E21: { Properties: { ManagedPolicyArns: { length: 25 } } } });
    expect(Object.keys(resourcesOf(stack))).toHaveLength(1);
  });

  test('leaves a cluster to the role that is right', () => {
    const stack = newStack();
    const identity = VpcCniIdentity.podIdentity({ cluster: importedCluster(stack) });
    const vpcCni = VpcCniPermissions.onSeparateRole({ identity });
    expect(() => new EksNodeRole(stack, 'Wrong', { vpcCni, additionalManagedPolicies: policies(24) })).toThrow();
    expect(() => new VpcCniRole(stack, 'WrongToo', { identity, additionalManagedPolicies: policies(25) })).toThrow();
    new EksNodeRole(stack, 'NodeRole', { vpcCni });
    expect(resourceTypes(stack)).toEqual(['AWS::EKS::PodIdentityAssociation', 'AWS::IAM::Role', 'AWS::IAM::Role']);
  });
});

test.each<[string, (stack: Stack) => EksNodeRole]>([
  ['additionalStatements', stack => new EksNodeRole(stack, 'NodeRole', { additionalManagedPolicies: policies(22), additionalStatements: [passRole('*')] })],
  ['addToRolePolicy', stack => {
    const nodeRole = new EksNodeRole(stack, 'NodeRole', { additionalManagedPolicies: policies(22) });
    nodeRole.addToRolePolicy(passRole('*'));
    return nodeRole;
  }],
])('the policy of the statements of %s counts when more policies are added', (_, makeRole) => {
  const nodeRole = makeRole(newStack());
  expect(() => nodeRole.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('TheLastStraw'))).toThrow('number of managed policies is 26');
});
