import { Lazy, Stack, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allOrNothing } from './private/all-or-nothing';
import { checkEnvironmentOfCluster } from './private/environment';
import { claim, claimant, clusterIdentity } from './private/identity';
import { CNI_SERVICE_ACCOUNT } from './private/permissions';
import { RoleConstruct } from './private/role-construct';
import { invalid } from './private/validation';
import { VpcCniIdentity } from './vpc-cni-identity';
import { VpcCniIpFamily, vpcCniPolicies } from './vpc-cni-ip-family';

/**
 * Properties of `VpcCniRole`.
 */
export interface VpcCniRoleProps {
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
   * More managed policies. A role takes 25 at most, all of them counted; a warning begins at 11.
   *
   * @default - none
   */
  readonly additionalManagedPolicies?: iam.IManagedPolicy[];

  /**
   * More statements, such as those that let the network policy agent write its logs to Amazon CloudWatch. They go into one
   * customer managed policy that the role refers to.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/eks/latest/userguide/network-policies-troubleshooting.html
   */
  readonly additionalStatements?: iam.PolicyStatement[];

  /**
   * Name of the role, 1 to 64 letters, digits or `_+=,.@-`.
   *
   * @default - named by CloudFormation
   */
  readonly roleName?: string;

  /**
   * Description of the role, at most 1,000 characters of Latin-1.
   *
   * @default 'Amazon EKS - VPC CNI role'
   */
  readonly description?: string;

  /**
   * Path of the role, begins and ends with `/`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * The managed policy that bounds what the role may be permitted.
   *
   * @default - no boundary
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;
}

/**
 * A role for the Amazon VPC CNI plugin alone: only the service account `kube-system/aws-node` can assume it.
 *
 * Where the nodes are in another stack than the cluster, make it in the stack of the cluster, else the two stacks may come to wait
 * for each other.
 *
 * What IAM does not accept is an error at construction; so is a second association for the plugin of one cluster, and a cluster of
 * another account or region, where those are known.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
 */
export class VpcCniRole extends RoleConstruct {
  /**
   * The IPv6 policy of the plugin, where one is in use.
   */
  public readonly cniIpv6Policy?: iam.IManagedPolicy;

  /**
   * With EKS Pod Identity: the association of the role with the service account of the plugin, where the library makes it.
   *
   * A pod that starts before its association does not get credentials. An `EksNodeRole` with this role waits for it, so that its
   * nodes do too; let nodes of other roles depend on it. Where the app makes the add-on `eks-pod-identity-agent`, let this construct
   * depend on it: `cniRole.node.addDependency(agent)`.
   */
  public readonly association?: eks.CfnPodIdentityAssociation;

  /** @internal */
  public readonly _associatedCluster?: eks.IClusterRef;

  /**
   * With IRSA: ARN of the role, for `serviceAccountRoleArn` of `AWS::EKS::Addon` or for the annotation `eks.amazonaws.com/role-arn`
   * of the service account; else undefined.
   */
  public readonly serviceAccountRoleArn?: string;

  /**
   * With EKS Pod Identity, where the add-on is to own the association: `podIdentityAssociations` of `AWS::EKS::Addon`; else
   * undefined.
   */
  public readonly addonPodIdentityAssociations?: eks.CfnAddon.PodIdentityAssociationProperty[];

  constructor(scope: Construct, id: string, props: VpcCniRoleProps) {
    super(scope, id, props, 'VpcCniPolicy');
    const { assumedBy, issuer, associateIn } = props.identity._bind(this);
    const [cniIpv6Policy, cfnRole] = allOrNothing(this, () => {
      const policies = vpcCniPolicies(this, props);
      const made = this._makeRole({
        assumedBy,
        managedPolicies: [...policies.managedPolicies, ...props.additionalManagedPolicies ?? []],
        statements: props.additionalStatements ?? [],
        description: 'Amazon EKS - VPC CNI role',
      });
      if (associateIn) { this.claimAssociation(associateIn); }
      return [policies.cniIpv6Policy, made];
    });
    this.cniIpv6Policy = cniIpv6Policy;

    if (issuer !== undefined) {
      this.serviceAccountRoleArn = this.roleArn;
      if (cfnRole && Token.isUnresolved(issuer)) { this.writeTrustFor(issuer, cfnRole); }
    } else if (associateIn) {
      this.association = this.associate(associateIn);
      this._associatedCluster = associateIn;
    } else {
      this.addonPodIdentityAssociations = [{ serviceAccount: CNI_SERVICE_ACCOUNT.name, roleArn: this.roleArn }];
    }
  }

  /** The issuer is part of a key, and keys of a template's objects can't hold what only the deployment knows; a JSON string can. */
  private writeTrustFor(issuer: string, cfnRole: iam.CfnRole) {
    const { assumeRolePolicy } = this.role;
    cfnRole.assumeRolePolicyDocument = Lazy.uncachedAny({
      produce: context => typeof context.resolve(issuer) === 'string' ? assumeRolePolicy : Stack.of(this).toJsonString(assumeRolePolicy),
    });
  }

  private associate(cluster: eks.IClusterRef): eks.CfnPodIdentityAssociation {
    return new eks.CfnPodIdentityAssociation(this, 'Association', {
      clusterName: cluster.clusterRef.clusterName,
      namespace: CNI_SERVICE_ACCOUNT.namespace,
      serviceAccount: CNI_SERVICE_ACCOUNT.name,
      roleArn: this.roleArn,
    });
  }

  private claimAssociation(cluster: eks.IClusterRef) {
    checkEnvironmentOfCluster(this.node.path, Stack.of(this), cluster);
    const association = `VPC CNI of ${clusterIdentity(cluster)}`;
    const first = claimant(this, association);
    if (!first) { return claim(this, association); }
    throw invalid(this.node.path, {
      prop: 'cluster',
      value: cluster.node.path,
      reason: `its VPC CNI plugin already has the role ${first.node.path}, and EKS takes one association for a service account`,
      remedy: 'Use VpcCniPermissions.onExistingRole() with that role',
    });
  }
}
