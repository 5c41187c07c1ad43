import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { resourcesOf } from '../helpers';

/** What a user gives, how, and the whole message of the error. What is made beforehand is right, the act is not. */
export type Row = [given: string, make: (stack: Stack) => () => unknown, message: string];

/** A managed policy of AWS. */
export const aws = (name: string) => iam.ManagedPolicy.fromAwsManagedPolicyName(name);

/** Some managed policies, all of them different. */
export const policies = (count: number) => Array.from({ length: count }, (_, i) => aws(`Policy${i}`));

/** A statement that permits to pass a role. */
export const passRole = (resource: string) => new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: [resource] });

/** What comes at synthesis. */
export const synthesize = (stack: Stack) => () => resourcesOf(stack);

/** The message of an error that comes at synthesis: the CDK's head, the path of the construct, the problem. */
export const atSynthesis = (path: string, problem: string) => `Validation failed with the following errors:\n  [${path}] ${problem}`;

export const ROLE_NAME = 'AWS takes 1 to 64 letters, digits or _+=,.@-. Use another name, or leave it out and CloudFormation names the role';
export const PATH = 'AWS takes at most 512 visible ASCII characters, the first and the last of them "/". Write a path such as "/eks/", or leave it out for "/"';
export const DESCRIPTION = 'AWS takes at most 1,000 characters, all of Latin-1. Shorten it, or leave out other characters';
export const SECONDS = 'IAM takes 3600 to 43200 seconds, that is 1 to 12 hours. Write a duration such as Duration.hours(1), or leave it out';
export const TOO_MANY = 'but a role takes 25 at most. Leave some out, or give statements in place of policies';
export const NO_USE = 'but the IP family is IPV4, which has no use for it. Leave ipv6Policy out, or set ipFamily to IPV6 or IPV4_AND_IPV6';
export const NAMES_ITSELF = 'it names the role, which refers to the policy: each would wait for the other. ' +
  'Use role.addToPrincipalPolicy(statement), which makes a policy that waits for the role';

interface Names { readonly roleName?: string; readonly path?: string; readonly description?: string }

/** What IAM does not take as name, path and description of a role, by whichever construct. */
export function names(make: (stack: Stack, props: Names) => unknown, path: string): Row[] {
  const row = (given: string, props: Names, message: string): Row => [given, stack => () => make(stack, props), `${message} [at ${path}]`];
  return [
    row('`roleName` without characters', { roleName: '' }, `roleName is "", but ${ROLE_NAME}`),
    row('`roleName` with a slash', { roleName: 'eks/nodes' }, `roleName is "eks/nodes", but ${ROLE_NAME}`),
    row('`path` without characters', { path: '' }, `path is "", but ${PATH}`),
    row('`path` without a slash at the end', { path: '/eks' }, `path is "/eks", but ${PATH}`),
    row('`description` beyond Latin-1', { description: 'ノードロール' }, `description is "ノードロール", but ${DESCRIPTION}`),
  ];
}
