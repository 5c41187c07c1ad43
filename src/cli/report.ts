import { Inventory } from '../private/node-role-model';
import { applyRules, Result } from '../private/node-role-rules';

type Status = 'ok' | 'warning' | 'error' | 'not visible';

/** What a check found, role by role. */
export interface Report {
  readonly roles: { readonly name: string; readonly arn: string; readonly kind: string; readonly rules: RuleReport[] }[];
  readonly summary: Record<Status | 'roles', number>;
}

interface RuleReport {
  readonly id: string;
  readonly status: Status;
  /** What is wrong, or could not be seen. */
  readonly says: string[];
  readonly fix?: string;
  readonly see?: string;
}

/** Applies the rules. */
export function reportOn(inventory: Inventory): Report {
  const results = applyRules(inventory);
  const roles = inventory.roles.map(role => ({
    name: role.name,
    arn: role.place,
    kind: role.kind,
    rules: results.filter(result => result.role === role).map(ruleReport),
  }));
  const statuses = roles.flatMap(role => role.rules.map(rule => rule.status));
  const count = (status: Status) => statuses.filter(candidate => candidate === status).length;
  return {
    roles,
    summary: { 'roles': roles.length, 'error': count('error'), 'warning': count('warning'), 'not visible': count('not visible'), 'ok': count('ok') },
  };
}

/** A report for people. */
export function print({ roles, summary }: Report): string {
  const lines = roles.flatMap(role => [
    `${role.name} (${role.kind}, ${role.arn})`,
    ...role.rules.flatMap(rule => [
      `  ${rule.status.padEnd(11)}  ${[rule.id, ...rule.says].join(': ')}`,
      ...(rule.fix ? [`               ${rule.fix} (${rule.see})`] : []),
    ]),
    '',
  ]);
  const counts = (['error', 'warning', 'not visible', 'ok'] as const).map(status => `${summary[status]} ${status}`);
  return [...lines, `${summary.roles} ${summary.roles === 1 ? 'role' : 'roles'} checked: ${counts.join(', ')}`, ''].join('\n');
}

function ruleReport({ rule, findings, hidden }: Result): RuleReport {
  if (findings.length > 0) {
    return {
      id: rule.id,
      status: findings.some(finding => finding.severity === 'error') ? 'error' : 'warning',
      says: [rule.title, findings.map(finding => finding.says).join('; ')],
      fix: rule.fix,
      see: rule.see,
    };
  }
  const unseen = hidden ?? rule.onlyTemplatesShow;
  return unseen === undefined ? { id: rule.id, status: 'ok', says: [] } : { id: rule.id, status: 'not visible', says: [unseen] };
}
