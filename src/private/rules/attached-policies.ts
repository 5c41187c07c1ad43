import { MANAGED_POLICIES_OF_ROLE } from '../limits';
import { found, passed, Rule } from '../node-role-model';

/** How policies hang on the role. */
export const ATTACHED_POLICY_RULES: Rule[] = [
  {
    id: 'NodeRolePolicyOrdering',
    severity: 'warning',
    title: 'Nodes may start before a policy of their role is in force',
    why: 'The policy names the role, and what launches nodes refers to the role alone: CloudFormation may make the policy after the nodes and delete it before them.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html',
    fix: 'Let the role refer to a managed policy, or make what launches nodes depend on the policy (nodegroup.node.addDependency(role))',
    kinds: ['EC2 nodes', 'Auto Mode nodes', 'hybrid nodes'],
    onlyTemplatesShow: 'only templates show what waits for a policy',
    check: role => {
      const early = role.policies.seen.filter(policy => policy.launchedBefore.length > 0);
      return { findings: early.map(policy => ({ says: `${policy.launchedBefore.join(', ')} does not wait for ${policy.name}` })) };
    },
  },
  {
    id: 'NodeRoleQuota',
    severity: 'warning',
    title: 'A node role has many managed policies',
    why: `An account may refuse more than ${MANAGED_POLICIES_OF_ROLE.default} by default, and IAM takes ${MANAGED_POLICIES_OF_ROLE.max} at most.`,
    see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
    fix: 'Put statements into one policy, or raise the quota "Managed policies attached to an IAM role"',
    kinds: ['EC2 nodes', 'Auto Mode nodes', 'hybrid nodes'],
    check: role => {
      const count = role.policies.seen.filter(policy => policy.managed).length;
      const { default: usual, max } = MANAGED_POLICIES_OF_ROLE;
      if (count > max) { return found(`it has ${count}`, 'error'); }
      return count > usual ? found(`it has ${count}`) : passed(role.policies);
    },
  },
];
