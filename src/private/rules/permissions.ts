import { EC2_FORMER_PRINCIPALS, OVER_PRIVILEGED_POLICIES, WAYS_TO_ASSUME } from '../audited-permissions';
import { found, passed, Role, Rule, Statement, Verdict } from '../node-role-model';
import {
  ActionFact, CONTAINER_REGISTRY_PULL_ONLY_POLICY, CONTAINER_REGISTRY_READ_ONLY_POLICY, IMAGE_PULL, NODE_BOOTSTRAP, NODE_NAME, POD_IDENTITY_AGENT,
  REGISTRY_SIGN_IN, WORKER_NODE_MINIMAL_POLICY, WORKER_NODE_POLICY,
} from '../permissions';
import { allowsNearlyAll, covers, missing, permits, statementsOf, trusts } from '../policy-evaluation';
import { EC2, EC2_IN_CHINA } from '../principals';

const GUIDE = 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html';

/** Who may assume the role, and what it must and must not be permitted. */
export const PERMISSION_RULES: Rule[] = [
  {
    id: 'NodeRoleTrust',
    severity: 'error',
    title: 'The trust relationship of a node role is not EC2 alone',
    why: 'Nodes get the credentials of the role from EC2. Everyone else who can assume it has what nodes may do.',
    see: GUIDE,
    fix: `Let ${EC2} assume the role (${WAYS_TO_ASSUME[0]}), in aws-cn ${EC2_IN_CHINA} too, and nobody else without a condition`,
    kinds: ['EC2 nodes', 'Auto Mode nodes'],
    check: checkTrust,
  },
  {
    id: 'NodeRoleWorkerPermissions',
    severity: 'error',
    title: 'A node role lacks what nodes call when they start',
    why: 'Nodes describe themselves to join the cluster, and the EKS Pod Identity agent gets credentials of pods with the role of the node.',
    see: GUIDE,
    fix: `Attach ${WORKER_NODE_POLICY}, for nodes of EKS Auto Mode ${WORKER_NODE_MINIMAL_POLICY}, or allow what is missing`,
    kinds: ['EC2 nodes', 'Auto Mode nodes'],
    check: checkWorkerPermissions,
  },
  {
    id: 'NodeRoleRegistryPermissions',
    severity: 'error',
    title: 'Nodes can not pull images from Amazon ECR',
    why: 'The built-in add-ons for networking run in pods whose images are in Amazon ECR.',
    see: GUIDE,
    fix: `Attach ${CONTAINER_REGISTRY_PULL_ONLY_POLICY} or ${CONTAINER_REGISTRY_READ_ONLY_POLICY}, or allow what is missing`,
    kinds: ['EC2 nodes', 'Auto Mode nodes', 'hybrid nodes'],
    check: role => {
      const lacks = missing(role.policies, namesOf([...REGISTRY_SIGN_IN, ...IMAGE_PULL]));
      return lacks.seen.length > 0 ? found(`it lacks ${lacks.seen.join(', ')}`) : passed(lacks);
    },
  },
  {
    id: 'NodeRoleOverPrivileged',
    severity: 'error',
    title: 'A node role is permitted nearly everything',
    why: 'Every pod that reaches the instance metadata service has what the role of the node has.',
    see: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
    fix: 'Take it off and allow what nodes need; give pods roles of their own',
    kinds: ['EC2 nodes', 'Auto Mode nodes', 'hybrid nodes'],
    check: role => {
      const wide = role.policies.seen.flatMap(policy => {
        if (policy.awsName !== undefined) { return OVER_PRIVILEGED_POLICIES.includes(policy.awsName) ? [policy.awsName] : []; }
        return policy.statements.seen.filter(allowsNearlyAll).map(statement => `${policy.name} (${said(statement)})`);
      });
      return wide.length > 0 ? found(`it has ${wide.join(', ')}`) : passed(statementsOf(role.policies));
    },
  },
];

function checkTrust({ trust, partition, uses }: Role): Verdict {
  const names = [EC2, ...(partition === 'aws-cn' ? [EC2_IN_CHINA] : []), ...EC2_FORMER_PRINCIPALS];
  if (names.every(service => trusts(trust, service) === false)) {
    return found(`${EC2} can not assume it: it trusts ${list(trust.seen.flatMap(principalsOf))}`);
  }
  const managed = uses.seen.find(use => use.kind === 'managed node group');
  if (partition === 'aws-cn' && managed && trusts(trust, EC2_IN_CHINA) === false) {
    return found(`${EC2_IN_CHINA} can not assume it, which ${managed.by} needs in aws-cn`);
  }
  const expected = [EC2, EC2_IN_CHINA, ...EC2_FORMER_PRINCIPALS].map(service => `Service:${service}`);
  const others = trust.seen.filter(assumesWithoutCondition).flatMap(principalsOf)
    // A service that only the deployment knows may be EC2.
    .filter(principal => !expected.includes(principal) && !/^Service:.*⟨/.test(principal));
  return others.length > 0 ? found(`${list(others)} can assume it without a condition`) : passed(trust);
}

function checkWorkerPermissions(role: Role): Verdict {
  const { policies } = role;
  const podIdentity = missing(policies, namesOf(POD_IDENTITY_AGENT));
  if (role.kind === 'Auto Mode nodes') {
    return podIdentity.seen.length > 0 ? found(`it lacks ${podIdentity.seen.join(', ')}`) : passed(podIdentity);
  }
  const nodeName = missing(policies, namesOf(NODE_NAME));
  if (nodeName.seen.length > 0) {
    const others = namesOf([...NODE_BOOTSTRAP, ...POD_IDENTITY_AGENT]);
    const some = others.some(action => permits(policies, action) !== false);
    return some
      ? found(`it lacks ${nodeName.seen.join(', ')}: nodes join only if their name is their instance id (nodeadm's feature gate InstanceIdNodeName)`, 'warning')
      : found(`it lacks ${[...nodeName.seen, ...others].join(', ')}`);
  }
  const agent = role.uses.seen.find(use => use.cluster?.podIdentityAgent);
  if (podIdentity.seen.length > 0 && agent) {
    return found(`it lacks ${podIdentity.seen.join(', ')}, which the EKS Pod Identity agent in ${agent.cluster?.name} calls`, 'warning');
  }
  return passed(nodeName, podIdentity);
}

function assumesWithoutCondition(statement: Statement): boolean {
  return statement.effect === 'Allow' && statement.conditions.length === 0 && WAYS_TO_ASSUME.some(action => covers(statement, action));
}

function said({ actions, notActions }: Statement): string {
  return notActions.length > 0 ? `all but ${notActions.join(', ')}` : actions.join(', ');
}

function principalsOf({ principals, notPrincipals }: Statement): string[] {
  return notPrincipals.length > 0 ? [`all but ${notPrincipals.join(', ')}`] : principals;
}

function namesOf(facts: ActionFact[]): string[] {
  return facts.map(fact => fact.action);
}

function list(principals: string[]): string {
  return [...new Set(principals)].map(principal => principal.replace(/^(Service|AWS|\*):/, '')).join(', ') || 'nobody';
}
