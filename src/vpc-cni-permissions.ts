import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { declareCniGrantedElsewhere } from './private/declarations';
import { VpcCniIdentity } from './vpc-cni-identity';
import { VpcCniIpFamily, vpcCniPolicies } from './vpc-cni-ip-family';
import { VpcCniRole } from './vpc-cni-role';

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
 * Options of `VpcCniPermissions.onSeparateRole`.
 */
export interface VpcCniOnSeparateRoleOptions {
  /**
   * How the pods of the plugin come by the role.
   */
  readonly identity: VpcCniIdentity;

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

  /**
   * Whether the node role has the policies too. For the first of two steps in which the permissions of a running cluster move:
   * deploy with `true`, let the pods of the plugin start anew, see that they use their own role, and deploy without it.
   *
   * @default false
   */
  readonly keepOnNodeRole?: boolean;

  /**
   * Name of the plugin's role, 1 to 64 letters, digits or `_+=,.@-`.
   *
   * @default - named by CloudFormation
   */
  readonly roleName?: string;

  /**
   * Description of the plugin's role, at most 1,000 characters of Latin-1.
   *
   * @default 'Amazon EKS - VPC CNI role'
   */
  readonly description?: string;

  /**
   * Path of the plugin's role, begins and ends with `/`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * The managed policy that bounds what the plugin's role may be permitted.
   *
   * @default - no boundary
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;
}

/** What a choice makes of a node role. */
export interface VpcCniBinding {
  /** For the node role. */
  readonly managedPolicies: iam.IManagedPolicy[];
  readonly cniIpv6Policy?: iam.IManagedPolicy;
  readonly cniRole?: VpcCniRole;
  /** Whether the plugin is to have its permissions by the node role. */
  readonly onNodeRole: boolean;
}

/**
 * Where the Amazon VPC CNI plugin (`aws-node`) gets its permissions. A node stays NotReady until the plugin has them.
 *
 * Where it is another role alone, the policy of AWS for the plugin, `AmazonEKS_CNI_Policy`, stays off the node role whoever attaches
 * it, as `cluster.connectAutoScalingGroupCapacity` of the CDK does. The warning `cdk-eks-node-role:cniPolicyKeptOff` then says so; it
 * comes at synthesis, so acknowledge it on a scope above the role, such as the stack.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
 */
export class VpcCniPermissions {
  /**
   * On the node role: the simplest way, in which every pod that reaches the instance metadata service has them too.
   */
  public static onNodeRole(options: VpcCniOnNodeRoleOptions = {}): VpcCniPermissions {
    return new VpcCniPermissions(scope => ({ ...vpcCniPolicies(scope, options), onNodeRole: true }));
  }

  /**
   * On a role of the plugin's own, which the guide recommends: the child `VpcCniRole` of the node role.
   *
   * A cluster has one VPC CNI plugin: its other node roles take `onExistingRole`.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
   */
  public static onSeparateRole(options: VpcCniOnSeparateRoleOptions): VpcCniPermissions {
    const { keepOnNodeRole = false, ...props } = options;
    return new VpcCniPermissions(scope => {
      const cniRole = new VpcCniRole(scope, 'VpcCniRole', props);
      const managedPolicies = keepOnNodeRole ? vpcCniPolicies(scope, props).managedPolicies : [];
      return { managedPolicies, cniIpv6Policy: cniRole.cniIpv6Policy, cniRole, onNodeRole: keepOnNodeRole };
    }, true);
  }

  /**
   * On a role of the plugin's own that exists in the app: for the second node role of a cluster. The node role waits for the
   * association of that role, where it has one. While a migration is at its first step (`keepOnNodeRole`), let the second node
   * role keep `onNodeRole()`.
   *
   * Where node groups in the stack of the cluster use a node role of another stack, that would make the two stacks wait for each
   * other: take `grantedElsewhere()` there, and let the node groups wait by `nodegroup.node.addDependency(cniRole)`.
   *
   * @param cniRole the role of the plugin, such as `nodeRole.cniRole` of the first node role
   */
  public static onExistingRole(cniRole: VpcCniRole): VpcCniPermissions {
    return new VpcCniPermissions(() => ({ managedPolicies: [], cniIpv6Policy: cniRole.cniIpv6Policy, cniRole, onNodeRole: false }));
  }

  /**
   * Elsewhere, such as on a role that IRSA or EKS Pod Identity gives to `kube-system/aws-node`: nothing is attached, and
   * there is no warning.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
   */
  public static grantedElsewhere(): VpcCniPermissions {
    return new VpcCniPermissions(scope => {
      declareCniGrantedElsewhere(scope);
      return { managedPolicies: [], onNodeRole: false };
    });
  }

  /** @internal */
  public readonly _makesCniRole: boolean;

  private constructor(private readonly render: (scope: Construct) => VpcCniBinding, makesCniRole: boolean = false) {
    this._makesCniRole = makesCniRole;
  }

  /** @internal */
  public _bind(scope: Construct): VpcCniBinding {
    return this.render(scope);
  }
}
