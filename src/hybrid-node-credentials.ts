import { Stack } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TRUST_ANCHOR_ARN } from './private/limits';
import {
  allow, HYBRID_NODE_DEREGISTRATION, HYBRID_NODE_LOOKUP, Permissions, registeredFor, SSM_MANAGED_INSTANCE_CORE_POLICY,
} from './private/permissions';
import { rolesAnywherePrincipal, rolesAnywhereSession, systemsManagerPrincipal } from './private/principals';
import { checkText } from './private/validation';

/**
 * Options of `HybridNodeCredentials.iamRolesAnywhere`.
 */
export interface HybridNodeRolesAnywhereOptions {
  /**
   * ARN of the trust anchor under which the certificates of the nodes were issued.
   */
  readonly trustAnchorArn: string;
}

/** The clusters that the nodes may belong to. */
export interface HybridNodeClusters {
  readonly cluster?: eks.IClusterRef;
  /** ARN of the cluster, or the pattern for all of the account. */
  readonly clusterArn: string;
}

/** What a way to credentials makes of a role. */
export interface HybridNodeCredentialsBinding extends Permissions {
  readonly assumedBy: iam.IPrincipal;
  readonly trustStatements: iam.PolicyStatement[];
}

/**
 * How hybrid nodes, which run outside of AWS, come by the credentials of their role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html
 */
export class HybridNodeCredentials {
  /**
   * Hybrid activations of AWS Systems Manager: `AmazonSSMManagedInstanceCore`, and what `nodeadm uninstall` calls.
   *
   * The role may end the registrations only that carry the tag `EKSClusterARN` with the ARN of the cluster: give it to the
   * activation.
   */
  public static systemsManager(): HybridNodeCredentials {
    return new HybridNodeCredentials(systemsManager);
  }

  /**
   * IAM Roles Anywhere: certificates under a trust anchor. The session is named after the certificate's common name (CN), which
   * has to be the node's name; the profile has to accept a custom role session name.
   *
   * Throws if the ARN is known and is none.
   */
  public static iamRolesAnywhere(options: HybridNodeRolesAnywhereOptions): HybridNodeCredentials {
    const { trustAnchorArn } = options;
    return new HybridNodeCredentials(scope => {
      checkText(scope.node.path, 'trustAnchorArn', trustAnchorArn, TRUST_ANCHOR_ARN, 'Pass the ARN of the trust anchor');
      return {
        assumedBy: rolesAnywherePrincipal(trustAnchorArn),
        trustStatements: [rolesAnywhereSession(trustAnchorArn)],
        managedPolicies: [],
        statements: [],
      };
    });
  }

  private constructor(private readonly render: (scope: Construct, clusters: HybridNodeClusters) => HybridNodeCredentialsBinding) {}

  /** @internal */
  public _bind(scope: Construct, clusters: HybridNodeClusters): HybridNodeCredentialsBinding {
    return this.render(scope, clusters);
  }
}

function systemsManager(scope: Construct, { cluster, clusterArn }: HybridNodeClusters): HybridNodeCredentialsBinding {
  const stack = Stack.of(scope);
  const region = cluster?.env.region;
  const managedInstances = stack.formatArn({ service: 'ssm', region, resource: 'managed-instance', resourceName: '*' });
  return {
    assumedBy: systemsManagerPrincipal(stack.account, stack.formatArn({ service: 'ssm', region, resource: '*' })),
    trustStatements: [],
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(SSM_MANAGED_INSTANCE_CORE_POLICY)],
    statements: [
      allow(HYBRID_NODE_LOOKUP),
      allow(HYBRID_NODE_DEREGISTRATION, {
        resources: [managedInstances],
        conditions: registeredFor(clusterArn, cluster ? 'StringEquals' : 'StringLike'),
      }),
    ],
  };
}
