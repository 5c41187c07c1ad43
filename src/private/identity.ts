import { Stack, Stage } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

const CLAIMS = Symbol.for('cdk-eks-node-role.Claims');

/** Tells a cluster from the others of an app, whichever construct stands for it. */
export function clusterIdentity(cluster: eks.IClusterRef): string {
  return identity(cluster, [cluster.clusterRef.clusterName, cluster.env.account, cluster.env.region]);
}

/** Tells a role from the others of an app, whichever construct stands for it. */
export function roleIdentity(role: iam.IRoleRef): string {
  return identity(role, [role.roleRef.roleArn]);
}

/** What only the deployment knows means the same within one stack; elsewhere it may mean another thing. */
function identity(construct: IConstruct, values: string[]): string {
  const stack = Stack.of(construct);
  const known: unknown[] = stack.resolve(values);
  return JSON.stringify(known.every(value => typeof value === 'string') ? known : [stack.node.path, known]);
}

/**
 * A cluster in the id of a construct in the stack: its name, or where its name comes from. Neither the stage nor the own stack is
 * in it, so that they can be renamed.
 */
export function clusterId(stack: Stack, cluster: eks.IClusterRef): string {
  const clusterStack = Stack.of(cluster);
  const name: unknown = clusterStack.resolve(cluster.clusterRef.clusterName);
  if (typeof name === 'string') { return name; }
  const { scopes } = clusterStack.node;
  const belowStage = clusterStack === stack ? [] : scopes.slice(scopes.map(Stage.isStage).lastIndexOf(true) + 1);
  return [...belowStage.map(scope => scope.node.id), JSON.stringify(name)].join('-').replace(/\W+/g, '-');
}

/** The construct of the app that claimed what there can be only one of, and is still in the app. */
export function claimant(scope: IConstruct, what: string): IConstruct | undefined {
  const construct = claimsOf(scope).get(what);
  return construct && isInTree(construct) ? construct : undefined;
}

/** Claims what there can be only one of. */
export function claim(construct: IConstruct, what: string): void {
  claimsOf(construct).set(what, construct);
}

function claimsOf(construct: IConstruct): Map<string, IConstruct> {
  const root: IConstruct & { [CLAIMS]?: Map<string, IConstruct> } = construct.node.root;
  const claims = root[CLAIMS] ?? new Map<string, IConstruct>();
  Object.defineProperty(root, CLAIMS, { value: claims });
  return claims;
}

/** Whether a construct is still where it was made: what a failing construct made is taken away. */
function isInTree(construct: IConstruct): boolean {
  return construct.node.scope?.node.tryFindChild(construct.node.id) === construct;
}
