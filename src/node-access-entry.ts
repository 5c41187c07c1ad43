import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { clusterId, clusterIdentity, firstClaimant, roleIdentity } from './private/identity';
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
 * A second entry for one role and cluster in an app is an error.
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
    super(scope, id);
    const { cluster, role, accessEntryType = NodeAccessEntryType.EC2_LINUX } = props;
    this.checkOnlyEntry(cluster, role);
    this.accessEntry = new eks.CfnAccessEntry(this, 'Default', {
      clusterName: cluster.clusterRef.clusterName,
      principalArn: role.roleRef.roleArn,
      ...accessOf(this, accessEntryType),
    });
    this.accessEntryArn = this.accessEntry.attrAccessEntryArn;
    this.accessEntryType = accessEntryType;
  }

  private checkOnlyEntry(cluster: eks.IClusterRef, role: iam.IRoleRef) {
    const first = firstClaimant(this, `access of ${roleIdentity(role)} to ${clusterIdentity(cluster)}`);
    if (first === this) { return; }
    throw invalid(this.node.path, {
      prop: 'role',
      value: role.node.path,
      reason: `it has the access entry ${first.node.path} in this cluster, and EKS takes one entry for a role`,
      remedy: 'Use that entry, or another role for other nodes',
    });
  }
}

function accessOf(scope: Construct, type: NodeAccessEntryType): Pick<eks.CfnAccessEntryProps, 'type' | 'accessPolicies'> {
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

/** The access entry of a node role in a cluster, its child, made at the first call. */
export function accessEntryOf(nodeRole: Construct & iam.IRoleRef, cluster: eks.IClusterRef, accessEntryType: NodeAccessEntryType): NodeAccessEntry {
  const id = `AccessEntry-${clusterId(cluster)}`;
  const entry = nodeRole.node.tryFindChild(id) as NodeAccessEntry | undefined;
  return entry ?? new NodeAccessEntry(nodeRole, id, { cluster, role: nodeRole, accessEntryType });
}
