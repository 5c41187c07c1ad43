import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { VpcCniIpFamily, VpcCniPolicies, vpcCniPolicies } from './vpc-cni-ip-family';

/**
 * Options of `VpcCniPermissions.onNodeRole`.
 */
export interface VpcCniOnNodeRoleOptions {
  /**
   * The IP family of the cluster.
   *
   * @default VpcCniIpFamily.IPV4, or VpcCniIpFamily.IPV6 if `ipv6Policy` is given
   */
  readonly ipFamily?: VpcCniIpFamily;

  /**
   * The policy for the IPv6 family. An error with `VpcCniIpFamily.IPV4`, which does not use it.
   *
   * @default - the stack's shared `CniIpv6Policy`, where the IP family needs it
   */
  readonly ipv6Policy?: iam.IManagedPolicy;
}

/**
 * Where the Amazon VPC CNI plugin (`aws-node`) gets its permissions. A node stays NotReady until the plugin has them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
 */
export class VpcCniPermissions {
  /**
   * On the node role: the simplest way, in which every pod that reaches the instance metadata service has them too.
   */
  public static onNodeRole(options: VpcCniOnNodeRoleOptions = {}): VpcCniPermissions {
    return new VpcCniPermissions(scope => vpcCniPolicies(scope, options));
  }

  /**
   * Elsewhere, such as on a role that IRSA or EKS Pod Identity gives to `kube-system/aws-node`: nothing is attached, and
   * there is no warning.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
   */
  public static grantedElsewhere(): VpcCniPermissions {
    return new VpcCniPermissions(() => ({ managedPolicies: [] }));
  }

  private constructor(private readonly render: (scope: Construct) => VpcCniPolicies) {}

  /** @internal */
  public _bind(scope: Construct): VpcCniPolicies {
    return this.render(scope);
  }
}
