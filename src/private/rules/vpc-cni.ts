import { CNI_IPV4_NEEDS, CNI_IPV6_NEEDS, CNI_IPV6_READS, CNI_IPV6_SINCE_1_22 } from '../audited-permissions';
import { Cluster, found, Inventory, passed, Policy, Role, Rule, Seen, Verdict } from '../node-role-model';
import { ActionFact, CNI_POLICY } from '../permissions';
import { allowsNearlyAll, missing, permits } from '../policy-evaluation';

const GUIDE = 'https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html';

/** Where the VPC CNI plugin gets its permissions, and whether they are today's. */
export const VPC_CNI_RULES: Rule[] = [
  {
    id: 'NodeRoleVpcCniPermissions',
    severity: 'warning',
    title: 'The VPC CNI plugin has no permissions',
    why: 'Nodes stay NotReady until the plugin (aws-node) can give addresses to pods.',
    see: GUIDE,
    fix: `Give kube-system/aws-node a role with ${CNI_POLICY}, in clusters of the IPv6 family with the IPv6 policy, or attach it to the node role`,
    kinds: ['EC2 nodes'],
    check: checkCniPermissions,
  },
  {
    id: 'NodeRoleVpcCniOnNode',
    severity: 'warning',
    title: 'The VPC CNI plugin gets its permissions from the node role',
    why: 'Every pod that reaches the instance metadata service has them too, so the guide recommends a role of the plugin\'s own.',
    see: GUIDE,
    fix: 'Give kube-system/aws-node a role of its own by EKS Pod Identity or IRSA, then take the policy off the node role',
    kinds: ['EC2 nodes', 'Auto Mode nodes'],
    check: role => {
      // Local clusters on Outposts have neither IRSA nor EKS Pod Identity.
      if (role.uses.seen.some(use => use.cluster?.onOutpost)) { return passed(); }
      const policies = role.policies.seen.filter(isForCni);
      return policies.length > 0 ? found(`it has ${policies.map(policy => policy.name).join(', ')}`) : passed(role.policies);
    },
  },
  {
    id: 'CniIpv6PolicyStale',
    severity: 'error',
    title: 'An IPv6 policy of the VPC CNI plugin lacks what today\'s versions call',
    why: 'VPC CNI 1.22 and later describe subnets, 1.22.0 and 1.22.1 security groups too, and stop where they may not. Early editions of the document lack both.',
    see: 'https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/iam-policy.md',
    fix: 'Add the actions that are missing to the policy, or use CniIpv6Policy',
    kinds: ['EC2 nodes', 'VPC CNI', 'policy'],
    check: role => eachIpv6Policy(role, policy => {
      const lacks = missing(only(policy), namesOf(CNI_IPV6_SINCE_1_22));
      const meantForCni = has(policy, CNI_IPV6_READS);
      const elsewhere = lacks.seen.every(action => permits(role.policies, action) !== false);
      if (lacks.seen.length === 0 || (elsewhere && !meantForCni)) { return undefined; }
      return `${policy.name} lacks ${lacks.seen.join(', ')}${elsewhere ? '; other policies of the role have it, which a role of the plugin\'s own would not' : ''}`;
    }),
  },
  {
    id: 'CniIpv6PolicyPartition',
    severity: 'error',
    title: 'An IPv6 policy of the VPC CNI plugin names another partition',
    why: 'The ARNs of network interfaces begin with the partition that they are in, so the policy permits nothing.',
    see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
    fix: 'Write the partition of the stack (Stack.formatArn), or use CniIpv6Policy',
    kinds: ['EC2 nodes', 'VPC CNI', 'policy'],
    check: role => eachIpv6Policy(role, policy => {
      const arns = policy.statements.seen.flatMap(statement => statement.resources);
      const foreign = arns.filter(arn => role.partition !== undefined && /^arn:aws[\w-]*:ec2:/.test(arn) && arn.split(':')[1] !== role.partition);
      return foreign.length > 0 ? `${policy.name} names ${foreign.join(', ')} in ${role.partition}` : undefined;
    }),
  },
];

function checkCniPermissions(role: Role, { cniRoles }: Inventory): Verdict {
  const systems = role.uses.seen.map(use => use.operatingSystem).filter(system => system !== undefined);
  const windowsAlone = systems.length > 0 && systems.every(system => system === 'Windows');
  if (windowsAlone || role.cniGrantedElsewhere) { return passed(); }
  const clusters = [...new Set(role.uses.seen.flatMap(use => use.cluster ?? []))];
  let unsure = false;
  for (const { policies } of [role, ...cniRoles.seen]) {
    const answer = suffices(policies, clusters);
    if (answer) { return passed(); }
    unsure ||= answer === undefined;
  }
  const hidden = unsure ? 'a policy of it or of a role of the plugin can not be seen' : cniRoles.hidden;
  return hidden === undefined ? found('neither it nor a role for kube-system/aws-node has them') : { findings: [], hidden };
}

/** Whether policies have what the plugin needs in clusters; where the IP family can't be seen, either will do. */
function suffices(policies: Seen<Policy>, clusters: Cluster[]): boolean | undefined {
  const all = (facts: ActionFact[]) => {
    const lacks = missing(policies, namesOf(facts));
    return lacks.seen.length > 0 ? false : (lacks.hidden === undefined ? true : undefined);
  };
  const [ipv4, ipv6] = [all(CNI_IPV4_NEEDS), all(CNI_IPV6_NEEDS)];
  const families = new Set(clusters.map(cluster => cluster.ipFamily));
  if (families.size === 1 && families.has('ipv4')) { return ipv4; }
  if (families.size === 1 && families.has('ipv6')) { return ipv6; }
  return ipv4 || ipv6 || (ipv4 === undefined || ipv6 === undefined ? undefined : false);
}

function eachIpv6Policy(role: Role, problem: (policy: Policy) => string | undefined): Verdict {
  const problems = role.policies.seen
    .filter(policy => policy.awsName === undefined && has(policy, CNI_IPV6_NEEDS))
    .flatMap(policy => problem(policy) ?? []);
  return problems.length > 0 ? { findings: problems.map(says => ({ says })) } : passed(role.policies);
}

/** Whether a policy is the plugin's, rather than one that happens to give what it needs. */
function isForCni(policy: Policy): boolean {
  if (policy.awsName !== undefined) { return policy.awsName === CNI_POLICY; }
  return !policy.statements.seen.some(allowsNearlyAll) && (has(policy, CNI_IPV4_NEEDS) || has(policy, CNI_IPV6_NEEDS));
}

function has(policy: Policy, facts: ActionFact[]): boolean {
  return facts.every(fact => permits(only(policy), fact.action));
}

function only(policy: Policy): Seen<Policy> {
  return { seen: [policy] };
}

function namesOf(facts: ActionFact[]): string[] {
  return facts.map(fact => fact.action);
}
