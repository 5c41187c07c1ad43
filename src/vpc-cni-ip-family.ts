import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CniIpv6Policy } from './cni-ipv6-policy';
import { CNI_POLICY } from './private/permissions';
import { invalid } from './private/validation';

/**
 * The IP family of a cluster, which decides the policies that the Amazon VPC CNI plugin needs.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
 */
export enum VpcCniIpFamily {
  /**
   * The AWS managed policy `AmazonEKS_CNI_Policy`.
   */
  IPV4 = 'IPV4',

  /**
   * The customer managed policy that AWS leaves to its customers, see `CniIpv6Policy`.
   */
  IPV6 = 'IPV6',

  /**
   * Both policies: for a role that serves clusters of either family, or nodes of an IPv6 cluster that change network interfaces.
   */
  IPV4_AND_IPV6 = 'IPV4_AND_IPV6',
}

/** Where the IPv6 policy comes from. */
export interface VpcCniPolicyOptions {
  readonly ipFamily?: VpcCniIpFamily;
  readonly ipv6Policy?: iam.IManagedPolicy;
}

/** The policies that the plugin needs. */
export interface VpcCniPolicies {
  readonly managedPolicies: iam.IManagedPolicy[];
  readonly cniIpv6Policy?: iam.IManagedPolicy;
}

/** The policies for an IP family; makes the stack's shared IPv6 policy where one is needed and none is given. */
export function vpcCniPolicies(scope: Construct, options: VpcCniPolicyOptions): VpcCniPolicies {
  const ipFamily = options.ipFamily ?? (options.ipv6Policy ? VpcCniIpFamily.IPV6 : VpcCniIpFamily.IPV4);
  if (ipFamily === VpcCniIpFamily.IPV4) {
    if (options.ipv6Policy) {
      throw invalid(scope.node.path, {
        prop: 'ipv6Policy is given',
        reason: 'the IP family is IPV4, which has no use for it',
        remedy: 'Leave ipv6Policy out, or set ipFamily to IPV6 or IPV4_AND_IPV6',
      });
    }
    return { managedPolicies: [cniPolicy()] };
  }
  const cniIpv6Policy = options.ipv6Policy ?? CniIpv6Policy.forStack(scope);
  return { managedPolicies: ipFamily === VpcCniIpFamily.IPV6 ? [cniIpv6Policy] : [cniPolicy(), cniIpv6Policy], cniIpv6Policy };
}

function cniPolicy(): iam.IManagedPolicy {
  return iam.ManagedPolicy.fromAwsManagedPolicyName(CNI_POLICY);
}
