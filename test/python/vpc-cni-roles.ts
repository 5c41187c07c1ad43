/** The stack of vpc_cni_roles.py, in TypeScript: the VPC CNI on roles of its own. */
import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Clusters } from './clusters';
import { CniIpv6Policy, EksNodeRole, VpcCniIdentity, VpcCniIpFamily, VpcCniPermissions, VpcCniRole } from 'cdk-eks-node-role';

const ISSUER = 'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';

export class VpcCniRoles extends Stack {
  constructor(scope: Construct, id: string, clusters: Clusters) {
    super(scope, id);

    // The issuer is known.
    const known = new VpcCniRole(this, 'Known', {
      identity: VpcCniIdentity.irsa({
        oidcProvider: iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(
          this, 'KnownProvider', `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`),
        issuer: `https://${ISSUER}`,
      }),
      additionalManagedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy')],
      additionalStatements: [new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] })],
      roleName: 'vpc-cni',
      description: 'VPC CNI',
      path: '/eks/',
      permissionsBoundary: iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'),
    });
    known.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXRayDaemonWriteAccess'));
    known.addToRolePolicy(new iam.PolicyStatement({ actions: ['logs:PutLogEvents'], resources: ['*'] }));

    // The issuer is known at deployment only.
    const oidcProvider = new iam.CfnOIDCProvider(this, 'Provider', { url: 'https://example.com', clientIdList: ['sts.amazonaws.com'] });
    const token = new VpcCniRole(this, 'Token', {
      identity: VpcCniIdentity.irsa({ oidcProvider }),
      ipFamily: VpcCniIpFamily.IPV4_AND_IPV6,
    });
    token.role.assumeRolePolicy?.addStatements(new iam.PolicyStatement({
      actions: ['sts:AssumeRole'], principals: [new iam.ServicePrincipal('ec2.amazonaws.com')],
    }));
    new VpcCniRole(this, 'OtherStack', {
      identity: VpcCniIdentity.irsa({ oidcProvider: clusters.oidcProvider }),
      ipv6Policy: CniIpv6Policy.forStack(this),
    });

    // The add-on owns the association.
    const ownedByAddon = new VpcCniRole(this, 'OwnedByAddon', {
      identity: VpcCniIdentity.podIdentity({ cluster: clusters.l1, createAssociation: false }),
    });
    const anyCluster = new VpcCniRole(this, 'AnyCluster', { identity: VpcCniIdentity.podIdentity() });

    // Both values can be passed as they are: the one that does not apply is undefined.
    for (const cniRole of [known, token, ownedByAddon, anyCluster]) {
      new eks.CfnAddon(cniRole, 'Addon', {
        addonName: 'vpc-cni',
        clusterName: clusters.l1.ref,
        serviceAccountRoleArn: cniRole.serviceAccountRoleArn,
        podIdentityAssociations: cniRole.addonPodIdentityAssociations,
      });
    }

    const first = new EksNodeRole(this, 'First', {
      vpcCni: VpcCniPermissions.onSeparateRole({
        identity: VpcCniIdentity.podIdentity({ cluster: clusters.v2 }),
        ipFamily: VpcCniIpFamily.IPV6,
        roleName: 'first-vpc-cni',
        description: 'First VPC CNI',
        path: '/eks/',
        permissionsBoundary: iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'),
      }),
    });
    if (first.cniRole) { new EksNodeRole(this, 'Second', { vpcCni: VpcCniPermissions.onExistingRole(first.cniRole) }); }
    new CfnOutput(this, 'Association', { value: first.cniRole?.association?.attrAssociationArn ?? 'none' });
    new CfnOutput(this, 'Ipv6Policy', { value: first.cniIpv6Policy?.managedPolicyArn ?? 'none' });

    new EksNodeRole(this, 'Migration', {
      vpcCni: VpcCniPermissions.onSeparateRole({
        identity: VpcCniIdentity.irsa({ oidcProvider }),
        ipv6Policy: CniIpv6Policy.forStack(this),
        keepOnNodeRole: true,
      }),
    });
  }
}
