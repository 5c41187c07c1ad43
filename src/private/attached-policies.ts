import { Annotations, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { MANAGED_POLICIES_OF_ROLE } from './limits';
import { awsManagedPolicyName } from './permissions';
import { describe, invalid, Problem } from './validation';

/** The managed policies that a construct attached to its role: each of them once, and no more than IAM takes. */
export class AttachedPolicies {
  private readonly keys = new Set<string>();
  private ownPolicies = 0;

  constructor(private readonly scope: Construct) {}

  /** Takes note of policies, and of so many of the construct's own; gives back those that are not attached yet. Throws if all are too many. */
  public add(policies: iam.IManagedPolicy[], ownPolicies: number = 0): iam.IManagedPolicy[] {
    const added = new Map<string, iam.IManagedPolicy>();
    for (const policy of policies) {
      const name = key(policy);
      if (!this.keys.has(name) && !added.has(name)) { added.set(name, policy); }
    }
    this.checkCount(this.keys.size + added.size + this.ownPolicies + ownPolicies);
    added.forEach((_, name) => this.keys.add(name));
    this.ownPolicies += ownPolicies;
    return [...added.values()];
  }

  private checkCount(count: number): void {
    const { default: usual, max } = MANAGED_POLICIES_OF_ROLE;
    if (count > max) { throw invalid(this.scope.node.path, tooMany(count)); }
    if (count > usual) {
      Annotations.of(this.scope).addWarningV2('cdk-eks-node-role:manyManagedPolicies',
        `the role has more than ${usual} managed policies, which an account may refuse by default. ` +
        'Raise the quota "Managed policies attached to an IAM role", or give statements in place of policies');
    }
  }
}

/** What only synthesis shows: too many policies, those counted that were attached to the role itself. */
export function policyCountProblems(cfnRole: iam.CfnRole): string[] {
  const count = Stack.of(cfnRole).resolve(cfnRole.managedPolicyArns)?.length ?? 0;
  return count > MANAGED_POLICIES_OF_ROLE.max ? [describe(tooMany(count))] : [];
}

/** Those of AWS go by name, since their ARN can be written in several ways. */
function key(policy: iam.IManagedPolicy): string {
  return awsManagedPolicyName(policy.managedPolicyArn) ?? policy.managedPolicyArn;
}

function tooMany(count: number): Problem {
  return {
    prop: 'number of managed policies',
    value: count,
    reason: `a role takes ${MANAGED_POLICIES_OF_ROLE.max} at most`,
    remedy: 'Leave some out, or give statements in place of policies',
  };
}
