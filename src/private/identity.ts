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

/** A cluster in the id of a construct: its name, or where its name comes from, which is the same in every stage. */
export function clusterId(cluster: eks.IClusterRef): string {
  const stack = Stack.of(cluster);
  const name: unknown = stack.resolve(cluster.clusterRef.clusterName);
  if (typeof name === 'string') { return name; }
  const { scopes } = stack.node;
  const belowStage = scopes.slice(scopes.map(Stage.isStage).lastIndexOf(true) + 1);
  return [...belowStage.map(scope => scope.node.id), JSON.stringify(name)].join('-').replace(/\W+/g, '-');
}

/** The first construct of the app to claim what there can be only one of; the claimant itself where nobody did before. */
export function firstClaimant(claimant: IConstruct, claim: string): IConstruct {
  const root = claimant.node.root as IConstruct & { [CLAIMS]?: Map<string, IConstruct> };
  const claims = root[CLAIMS] ?? new Map<string, IConstruct>();
  Object.defineProperty(root, CLAIMS, { value: claims });
  const first = claims.get(claim) ?? claimant;
  claims.set(claim, first);
  return first;
}
