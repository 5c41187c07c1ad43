import { Fn, Token } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { OIDC_ISSUER, OIDC_PROVIDER_ARN } from './private/limits';
import { cniPodIdentityPrincipal, cniWebIdentityPrincipal } from './private/principals';
import { checkText, invalid } from './private/validation';

/**
 * Options of `VpcCniIdentity.irsa`.
 */
export interface IrsaOptions {
  /**
   * The IAM OIDC provider of the cluster: any kind that the CDK has, made or imported, in this stack or another one.
   */
  readonly oidcProvider: iam.IOIDCProviderRef;

  /**
   * The issuer of the cluster, such as `oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE`. A leading
   * `https://` is accepted. An error if it is not the one in the ARN of the provider. `Role.customizeRoles` of the CDK needs one that
   * is known at synthesis.
   *
   * @default - taken from the ARN of the provider
   */
  readonly issuer?: string;
}

/**
 * Options of `VpcCniIdentity.podIdentity`.
 */
export interface PodIdentityOptions {
  /**
   * The cluster whose VPC CNI plugin may use the role.
   *
   * @default - any cluster of the account
   */
  readonly cluster?: eks.IClusterRef;

  /**
   * Whether to make the association of the role with `kube-system/aws-node`, for which `cluster` has to be given.
   *
   * `false` where the add-on `vpc-cni` owns the association (`podIdentityAssociations` of `AWS::EKS::Addon`): it can't take
   * over one that exists.
   *
   * @default true if `cluster` is given, else false
   * @see https://docs.aws.amazon.com/eks/latest/userguide/add-ons-iam.html
   */
  readonly createAssociation?: boolean;
}

/** What an identity makes of a role. */
export interface VpcCniIdentityBinding {
  readonly assumedBy: iam.IPrincipal;
  /** IRSA: the issuer of the cluster. */
  readonly issuer?: string;
  /** EKS Pod Identity: the cluster for which the association is to be made. */
  readonly associateIn?: eks.IClusterRef;
}

/**
 * How the pods of the Amazon VPC CNI plugin (`kube-system/aws-node`) come by a role of their own.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html
 */
export class VpcCniIdentity {
  /**
   * IAM roles for service accounts: the OIDC provider of the cluster vouches for the service account.
   *
   * No Lambda function and no custom resource: where the issuer is known at deployment only, the trust policy is written as a
   * JSON string.
   *
   * Throws if an ARN or an issuer that is known is none.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
   */
  public static irsa(options: IrsaOptions): VpcCniIdentity {
    return new VpcCniIdentity(scope => {
      const { oidcProviderArn } = options.oidcProvider.oidcProviderRef;
      const issuer = issuerOf(scope, oidcProviderArn, options.issuer);
      return { assumedBy: cniWebIdentityPrincipal(oidcProviderArn, issuer), issuer };
    });
  }

  /**
   * EKS Pod Identity: the agent on the nodes hands out credentials. The add-on `eks-pod-identity-agent` has to run in the cluster.
   *
   * Throws if `createAssociation` is true and no cluster is given.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
   */
  public static podIdentity(options: PodIdentityOptions = {}): VpcCniIdentity {
    return new VpcCniIdentity(scope => {
      const { cluster, createAssociation = cluster !== undefined } = options;
      if (createAssociation && cluster === undefined) {
        throw invalid(scope.node.path, {
          prop: 'createAssociation',
          value: true,
          reason: 'an association belongs to a cluster, and none is given',
          remedy: 'Give cluster, or leave createAssociation out',
        });
      }
      return { assumedBy: cniPodIdentityPrincipal(cluster?.clusterRef.clusterArn), associateIn: createAssociation ? cluster : undefined };
    });
  }

  private constructor(private readonly render: (scope: Construct) => VpcCniIdentityBinding) {}

  /** @internal */
  public _bind(scope: Construct): VpcCniIdentityBinding {
    return this.render(scope);
  }
}

const ARN_BEFORE_ISSUER = ':oidc-provider/';

function issuerOf(scope: Construct, oidcProviderArn: string, given?: string): string {
  checkText(scope.node.path, 'oidcProvider', oidcProviderArn, OIDC_PROVIDER_ARN, 'Pass the IAM OIDC provider of the cluster');
  const ofProvider = oidcProviderArn.split(ARN_BEFORE_ISSUER)[1] ?? Fn.select(1, Fn.split(ARN_BEFORE_ISSUER, oidcProviderArn));
  if (given === undefined) { return ofProvider; }

  const issuer = withoutScheme(given);
  checkText(scope.node.path, 'issuer', issuer, OIDC_ISSUER, 'Write it as the cluster gives it, or leave it out');
  if (issuer !== ofProvider && ![issuer, ofProvider].some(text => Token.isUnresolved(text))) {
    throw invalid(scope.node.path, {
      prop: 'issuer',
      value: given,
      reason: `the OIDC provider is that of ${ofProvider}`,
      remedy: 'Leave issuer out, or pass the provider of the same cluster',
    });
  }
  return issuer;
}

function withoutScheme(issuer: string): string {
  return Token.isUnresolved(issuer) ? Fn.join('', Fn.split('https://', issuer)) : issuer.replace(/^https:\/\//, '');
}
