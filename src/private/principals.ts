/** Who may assume a role and on what conditions, each with its source and the date it was read. */
import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { partitionOf } from './partitions';
import { CNI_SERVICE_ACCOUNT } from './permissions';

/**
 * The names of EC2, which hands the credentials of the role to instances. The first is the same in every partition and never
 * follows the URL suffix; in aws-cn EKS was seen to ask for the second on roles of managed node groups.
 *
 * @see https://github.com/pulumi/pulumi-eks/issues/2341 (read 2026-11-23)
 * @see https://github.com/awslabs/cdk-eks-blueprints/issues/558 (read 2026-11-23)
 */
export const EC2 = 'ec2.amazonaws.com';
export const EC2_IN_CHINA = 'ec2.amazonaws.com.cn';

function inChina(stack: Stack): boolean {
  return !Token.isUnresolved(stack.region) && partitionOf(stack.region) === 'aws-cn';
}

/** EC2, by each name that it has in the partition of the stack. */
export function ec2Principal(stack: Stack): iam.IPrincipal {
  const ec2 = new iam.ServicePrincipal(EC2);
  // The plain constructor would rewrite the second name into the first.
  return inChina(stack) ? new iam.CompositePrincipal(ec2, iam.ServicePrincipal.fromStaticServicePrincipleName(EC2_IN_CHINA)) : ec2;
}

/** The names as they stand in templates, where the second is written with the URL suffix of the partition too. */
const EC2_IN_TEMPLATES = [
  EC2,
  EC2_IN_CHINA,
  { 'Fn::Join': ['', ['ec2.', { Ref: 'AWS::URLSuffix' }]] },
  { 'Fn::Sub': 'ec2.${AWS::URLSuffix}' },
].map(name => JSON.stringify(name));

/** Whether a trust policy, as it stands in a template, lets EC2 assume the role. */
export function trustsEc2(document: { Statement?: TrustStatement | TrustStatement[] }): boolean {
  return [document.Statement ?? []].flat().some(({ Effect, Principal }) =>
    Effect === 'Allow' && [Principal?.Service].flat().some(service => EC2_IN_TEMPLATES.includes(JSON.stringify(service))));
}

interface TrustStatement {
  readonly Effect?: string;
  readonly Principal?: { readonly Service?: unknown };
}

/**
 * Permits to pass a role to EC2, and to nothing else; in aws-cn the service was seen under its second name.
 *
 * @see https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3636 (read 2026-11-23)
 */
export function grantPassRoleToEc2(role: Construct & iam.IRoleRef, grantee: iam.IGrantable): iam.Grant {
  return iam.Grant.addToPrincipal({
    grantee,
    actions: ['iam:PassRole'],
    resourceArns: [role.roleRef.roleArn],
    conditions: { StringEquals: { 'iam:PassedToService': inChina(Stack.of(role)) ? [EC2, EC2_IN_CHINA] : EC2 } },
  });
}

/**
 * The service account of the VPC CNI plugin, vouched for by the OIDC provider of a cluster. The audience is the same in every
 * partition.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html (read 2026-11-23)
 */
export function cniWebIdentityPrincipal(oidcProviderArn: string, issuer: string): iam.IPrincipal {
  return new iam.WebIdentityPrincipal(oidcProviderArn, {
    StringEquals: {
      [`${issuer}:aud`]: 'sts.amazonaws.com',
      [`${issuer}:sub`]: `system:serviceaccount:${CNI_SERVICE_ACCOUNT.namespace}:${CNI_SERVICE_ACCOUNT.name}`,
    },
  });
}

/** EKS Pod Identity. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html (read 2026-11-24) */
export const POD_IDENTITY = 'pods.eks.amazonaws.com';

/**
 * EKS Pod Identity on behalf of the VPC CNI plugin, in one cluster or in any cluster of the account.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html (read 2026-11-24)
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html (read 2026-11-23)
 */
export function cniPodIdentityPrincipal(clusterArn?: string): iam.IPrincipal {
  return new iam.ServicePrincipal(POD_IDENTITY, {
    conditions: {
      StringEquals: {
        'aws:RequestTag/kubernetes-namespace': CNI_SERVICE_ACCOUNT.namespace,
        'aws:RequestTag/kubernetes-service-account': CNI_SERVICE_ACCOUNT.name,
        ...clusterArn === undefined ? {} : { 'aws:RequestTag/eks-cluster-arn': clusterArn },
      },
    },
  }).withSessionTags();
}

/**
 * Systems Manager on behalf of the managed instances of an account and region.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html (read 2026-11-24)
 */
export function systemsManagerPrincipal(account: string, managedInstances: string): iam.IPrincipal {
  return new iam.ServicePrincipal('ssm.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnEquals: { 'aws:SourceArn': managedInstances } },
  });
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html (read 2026-11-24) */
const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com';

/**
 * IAM Roles Anywhere for holders of a certificate under a trust anchor, whose session is named after the certificate.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html (read 2026-11-24)
 */
export function rolesAnywherePrincipal(trustAnchorArn: string): iam.IPrincipal {
  return new iam.ServicePrincipal(ROLES_ANYWHERE, {
    conditions: {
      StringEquals: { 'sts:RoleSessionName': '${aws:PrincipalTag/x509Subject/CN}' },
      ArnEquals: { 'aws:SourceArn': trustAnchorArn },
    },
  });
}

/**
 * What IAM Roles Anywhere does beside assuming the role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html (read 2026-11-24)
 */
export function rolesAnywhereSession(trustAnchorArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['sts:SetSourceIdentity', 'sts:TagSession'],
    principals: [new iam.ServicePrincipal(ROLES_ANYWHERE)],
    conditions: { ArnEquals: { 'aws:SourceArn': trustAnchorArn } },
  });
}
