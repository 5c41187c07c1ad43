import { WAYS_TO_ASSUME } from './audited-permissions';
import { Policy, Seen, Statement } from './node-role-model';
import { CNI_SERVICE_ACCOUNT } from './permissions';
import { POD_IDENTITY } from './principals';

type Answer = 'allowed' | 'denied' | 'hidden' | 'silent';

// Many roles have the same policies, and rules ask them the same.
const ANSWERS = new WeakMap<Policy, Map<string, Answer>>();

/** Whether policies allow an action on some resource; undefined where that can't be seen. */
export function permits(policies: Seen<Policy>, action: string): boolean | undefined {
  let allowed = false;
  let hidden = policies.hidden !== undefined;
  for (const policy of policies.seen) {
    const answer = answerOf(policy, action);
    if (answer === 'denied') { return false; }
    allowed ||= answer === 'allowed';
    hidden ||= answer === 'hidden';
  }
  return allowed || (hidden ? undefined : false);
}

function answerOf(policy: Policy, action: string): Answer {
  const answers = ANSWERS.get(policy) ?? new Map<string, Answer>();
  ANSWERS.set(policy, answers);
  const answer = answers.get(action) ?? read(policy, action);
  answers.set(action, answer);
  return answer;
}

function read({ statements }: Policy, action: string): Answer {
  const about = statements.seen.filter(statement => covers(statement, action));
  if (about.some(deniesAlways)) { return 'denied'; }
  if (about.some(statement => statement.effect === 'Allow')) { return 'allowed'; }
  return statements.hidden === undefined ? 'silent' : 'hidden';
}

/** The actions that policies are certain not to allow, and why more may be missing. */
export function missing(policies: Seen<Policy>, actions: string[]): Seen<string> {
  const answers = actions.map(action => permits(policies, action));
  return {
    seen: actions.filter((_, index) => answers[index] === false),
    hidden: answers.includes(undefined) ? statementsOf(policies).hidden : undefined,
  };
}

/** The statements of all policies. */
export function statementsOf({ seen, hidden }: Seen<Policy>): Seen<Statement> {
  return {
    seen: seen.flatMap(policy => policy.statements.seen),
    hidden: hidden ?? seen.find(policy => policy.statements.hidden !== undefined)?.statements.hidden,
  };
}

/** Whether a statement is about an action. */
export function covers(statement: Statement, action: string): boolean {
  return statement.actions.some(pattern => matches(pattern, action)) ||
    (statement.notActions.length > 0 && !statement.notActions.some(pattern => matches(pattern, action)));
}

/** Whether a statement allows everything, everything in IAM, or everything but what it names. */
export function allowsNearlyAll({ effect, actions, notActions }: Statement): boolean {
  return effect === 'Allow' && (notActions.length > 0 || actions.some(action => /^(\*+(:\*+)?|iam:\*+)$/i.test(action)));
}

/** Whether a pattern with `*` and `?` fits a text; IAM does not tell cases apart in actions. */
export function matches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) { return pattern.toLowerCase() === text.toLowerCase(); }
  const regExp = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${regExp}$`, 'i').test(text);
}

/** Whether a role can be assumed by a service; undefined where that can't be seen. */
export function trusts(trust: Seen<Statement>, service: string): boolean | undefined {
  const about = trust.seen.filter(statement => covers(statement, WAYS_TO_ASSUME[0]) && names(statement, `Service:${service}`));
  if (about.some(statement => statement.effect === 'Deny' && statement.conditions.length === 0)) { return false; }
  if (about.some(statement => statement.effect === 'Allow')) { return true; }
  return trust.hidden === undefined ? false : undefined;
}

/** Whether the service account of the VPC CNI plugin can assume a role, by IRSA or by EKS Pod Identity. */
export function trustsVpcCni(trust: Seen<Statement>): boolean {
  const { namespace, name } = CNI_SERVICE_ACCOUNT;
  const subject = `system:serviceaccount:${namespace}:${name}`;
  const condition = (statement: Statement, key: string, value: string) => statement.conditions.some(({ operator, key: candidate, values }) =>
    candidate.endsWith(key) && values.some(pattern => /like$/i.test(operator) ? matches(pattern, value) : pattern === value));
  return trust.seen.some(statement => statement.effect === 'Allow' && (
    condition(statement, ':sub', subject) ||
    (statement.principals.includes(`Service:${POD_IDENTITY}`) && condition(statement, '/kubernetes-service-account', name))
  ));
}

function names(statement: Statement, principal: string): boolean {
  return statement.principals.some(candidate => candidate === principal || candidate === '*:*') ||
    (statement.notPrincipals.length > 0 && !statement.notPrincipals.includes(principal));
}

function deniesAlways({ effect, conditions, resources }: Statement): boolean {
  return effect === 'Deny' && conditions.length === 0 && resources.includes('*');
}
