import { Inventory, Role, Rule, Severity } from './node-role-model';
import { ATTACHED_POLICY_RULES } from './rules/attached-policies';
import { CLUSTER_ACCESS_RULES } from './rules/cluster-access';
import { PERMISSION_RULES } from './rules/permissions';
import { SEPARATE_ROLE_RULES } from './rules/separate-roles';
import { VPC_CNI_RULES } from './rules/vpc-cni';

/** All rules; their ids are public. */
export const RULES: Rule[] = [
  ...SEPARATE_ROLE_RULES,
  ...PERMISSION_RULES,
  ...VPC_CNI_RULES,
  ...ATTACHED_POLICY_RULES,
  ...CLUSTER_ACCESS_RULES,
];

/** What a rule says of a role. */
export interface Result {
  readonly rule: Rule;
  readonly role: Role;
  readonly findings: { readonly says: string; readonly severity: Severity }[];
  /** What kept the rule from saying more. */
  readonly hidden?: string;
}

/** Applies every rule to every role that it is for. */
export function applyRules(inventory: Inventory): Result[] {
  return inventory.roles.flatMap(role => RULES.filter(rule => rule.kinds.includes(role.kind)).map(rule => {
    const { findings, hidden } = rule.check(role, inventory);
    return { rule, role, findings: findings.map(({ says, severity }) => ({ says, severity: severity ?? rule.severity })), hidden };
  }));
}
