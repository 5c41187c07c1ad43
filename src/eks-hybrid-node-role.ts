import { type Duration, Stack } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EksAutoModeNodeRoleProps } from './eks-auto-mode-node-role';
import { HybridNodeCredentials } from './hybrid-node-credentials';
import { accessEntryOf, NodeAccessEntry, NodeAccessEntryType } from './node-access-entry';
import { allow, CONTAINER_REGISTRY_PULL_ONLY_POLICY, HYBRID_NODE_BOOTSTRAP, POD_IDENTITY_AGENT } from './private/permissions';
import { RoleConstruct } from './private/role-construct';

/**
 * Properties of `EksHybridNodeRole`.
 */
export interface EksHybridNodeRoleProps extends EksAutoModeNodeRoleProps {
  /**
   * How the nodes come by the credentials of the role.
   */
  readonly credentials: HybridNodeCredentials;

  /**
   * The cluster of the nodes.
   *
   * @default - any cluster of the account
   */
  readonly cluster?: eks.IClusterRef;

  /**
   * Whether the EKS Pod Identity agent runs on the nodes (`eks-auth:AssumeRoleForPodIdentity`).
   *
   * @default false
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
   */
  readonly podIdentityAgent?: boolean;

  /**
   * The longest session of the role, 1 to 12 hours. With IAM Roles Anywhere it has to be longer than the sessions of the profile.
   *
   * @default Duration.hours(1)
   */
  readonly maxSessionDuration?: Duration;
}

/**
 * The IAM role of EKS hybrid nodes, which run outside of AWS.
 *
 * What IAM does not accept, or the credentials can't use, is an error at construction.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html
 */
export class EksHybridNodeRole extends RoleConstruct {
  constructor(scope: Construct, id: string, props: EksHybridNodeRoleProps) {
    super(scope, id, props);
    const { cluster } = props;
    const clusterArn = cluster?.clusterRef.clusterArn
      ?? Stack.of(this).formatArn({ service: 'eks', region: '*', resource: 'cluster', resourceName: '*' });
    const credentials = props.credentials._bind(this, { cluster, clusterArn });
    this._makeRole({
      assumedBy: credentials.assumedBy,
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName(CONTAINER_REGISTRY_PULL_ONLY_POLICY),
        ...credentials.managedPolicies,
        ...props.additionalManagedPolicies ?? [],
      ],
      statements: [
        allow(HYBRID_NODE_BOOTSTRAP, { resources: [clusterArn] }),
        ...credentials.statements,
        ...props.podIdentityAgent ? [allow(POD_IDENTITY_AGENT)] : [],
      ],
      description: 'Amazon EKS - Hybrid Nodes role',
    });
    this.role.assumeRolePolicy?.addStatements(...credentials.trustStatements);
  }

  /**
   * Lets nodes with the role join a cluster, by an EKS access entry of type `HYBRID_LINUX`; the second time for a cluster gives
   * the same entry.
   *
   * @param cluster a cluster that authenticates by the EKS API
   * @see https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-cluster-prep.html
   */
  public allowClusterAccess(cluster: eks.IClusterRef): NodeAccessEntry {
    return accessEntryOf(this, cluster, NodeAccessEntryType.HYBRID_LINUX);
  }
}
