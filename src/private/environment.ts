import { Stack, Token } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { invalid } from './validation';

function differ(one: string, other: string): boolean {
  return one !== other && ![one, other].some(text => Token.isUnresolved(text));
}

/** Throws if what belongs to a cluster would be made in another account or region. */
export function checkEnvironmentOfCluster(constructPath: string, stack: Stack, cluster: eks.IClusterRef): void {
  const { account, region } = cluster.env;
  if (!differ(account, stack.account) && !differ(region, stack.region)) { return; }
  throw invalid(constructPath, {
    prop: 'cluster',
    value: cluster.node.path,
    reason: `it is in ${account}/${region} and the stack is in ${stack.account}/${stack.region}`,
    remedy: 'Make this construct in a stack of the account and region of the cluster',
  });
}

/**
 * Throws if nodes have a role of another account than their cluster.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html (read 2026-11-24)
 */
export function checkAccountOfRole(constructPath: string, role: iam.IRoleRef, cluster: eks.IClusterRef): void {
  if (!differ(role.env.account, cluster.env.account)) { return; }
  throw invalid(constructPath, {
    prop: 'role',
    value: role.node.path,
    reason: `it is in account ${role.env.account} and the cluster in ${cluster.env.account}, and EKS lets nodes of its own account in`,
    remedy: 'Make a node role in the account of the cluster',
  });
}
