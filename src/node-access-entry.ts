import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkAccountOfRole, checkEnvironmentOfCluster } from './private/environment';
import { claim, claimant, clusterId, clusterIdentity, roleIdentity } from './private/identity';
import { AUTO_NODE_ACCESS_POLICY } from './private/permissions';
import { invalid } from './private/validation';

/**
 * The kind of nodes that an access entry lets in. It can't be changed once the entry exists.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export enum NodeAccessEntryType {
  /**
   * EC2 nodes with Linux, Bottlerocket included.
   */
  EC2_LINUX = 'EC2_LINUX',

  /**
   * EC2 nodes with Windows.
   */
  EC2_WINDOWS = 'EC2_WINDOWS',

  /**
   * Nodes that EKS Auto Mode launches from a node class of one's own: type `EC2`, with the access policy `AmazonEKSAutoNodePolicy`.
   */
  AUTO_MODE = 'AUTO_MODE',

  /**
   * Hybrid nodes, which run Linux.
   */
  HYBRID_LINUX = 'HYBRID_LINUX',
}

/**
 * Properties of `NodeAccessEntry`.
 */
export interface NodeAccessEntryProps {
  /**
   * The cluster that the nodes join, one that authenticates by the EKS API (`API` or `API_AND_CONFIG_MAP`).
   */
  readonly cluster: eks.IClusterRef;

  /**
   * The role of the nodes.
   */
  readonly role: iam.IRoleRef;

  /**
   * The kind of nodes.
   *
   * @default NodeAccessEntryType.EC2_LINUX
   */
  readonly accessEntryType?: NodeAccessEntryType;
}

/**
 * The EKS access entry through which nodes with a role join a cluster.
 *
 * Self-managed nodes, Karpenter's nodes, hybrid nodes and nodes of Auto Mode's custom node classes need one. For managed node
 * groups and Auto Mode's built-in node pools EKS makes it itself, and a second one for the same role fails.
 *
 * A second entry for one role and cluster in an app is an error, and so is a cluster or a role of another account or region, where
 * those are known.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export class NodeAccessEntry extends Construct {
  /**
   * The access entry itself.
   */
  public readonly accessEntry: eks.CfnAccessEntry;

  /**
   * ARN of the access entry.
   */
  public readonly accessEntryArn: string;

  /**
   * The kind of nodes that the entry lets in.
   */
  public readonly accessEntryType: NodeAccessEntryType;

  constructor(scope: Construct, id: string, props: NodeAccessEntryProps) {
    const { cluster, role, accessEntryType = NodeAccessEntryType.EC2_LINUX } = props;
    checkEntry(scope, `${scope.node.path}/${id}`, cluster, role);
    super(scope, id);
    claim(this, accessOf(cluster, role));
    this.accessEntry = new eks.CfnAccessEntry(this, 'Default', {
      clusterName: cluster.clusterRef.clusterName,
      principalArn: role.roleRef.roleArn,
      ...accessBy(this, accessEntryType),
    });
    this.accessEntryArn = this.accessEntry.attrAccessEntryArn;
    this.accessEntryType = accessEntryType;
  }
}

function accessOf(cluster: eks.IClusterRef, role: iam.IRoleRef): string {
  return `access of ${roleIdentity(role)} to ${clusterIdentity(cluster)}`;
}

function checkEntry(scope: Construct, constructPath: string, cluster: eks.IClusterRef, role: iam.IRoleRef) {
  checkEnvironmentOfCluster(constructPath, Stack.of(scope), cluster);
  checkAccountOfRole(constructPath, role, cluster);
  const entry = claimant(scope, accessOf(cluster, role));
  if (!entry) { return; }
  throw invalid(constructPath, {
    prop: 'role',
    value: role.node.path,
    reason: `it has the access entry ${entry.node.path} in this cluster, and EKS takes one entry for a role`,
    remedy: 'Use that entry, or another role for other nodes',
  });
}

function accessBy(scope: Construct, type: NodeAccessEntryType): Pick<eks.CfnAccessEntryProps, 'type' | 'accessPolicies'> {
  if (type !== NodeAccessEntryType.AUTO_MODE) { return { type }; }
  return {
    type: 'EC2',
    accessPolicies: [{
      policyArn: Stack.of(scope).formatArn({
        service: 'eks', region: '', account: 'aws', resource: 'cluster-access-policy', resourceName: AUTO_NODE_ACCESS_POLICY,
      }),
      accessScope: { type: 'cluster' },
    }],
  };
}

/** The access entry of a node role in a cluster, made as its child where there is none. */
export function accessEntryOf(nodeRole: Construct & iam.IRoleRef, cluster: eks.IClusterRef, accessEntryType: NodeAccessEntryType): NodeAccessEntry {
  const entry = claimant(nodeRole, accessOf(cluster, nodeRole)) as NodeAccessEntry | undefined;
  return entry ?? new NodeAccessEntry(nodeRole, `AccessEntry-${clusterId(Stack.of(nodeRole), cluster)}`, { cluster, role: nodeRole, accessEntryType });
}
