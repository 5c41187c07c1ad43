import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { importedCluster } from '../helpers';
import { aws, names, NO_USE, policies, Row, TOO_MANY } from './row';
import {
  CniIpv6Policy, CniIpv6PolicyProps, EksNodeRole, NodeAccessEntry, VpcCniIdentity, VpcCniIpFamily, VpcCniPermissions, VpcCniRole, VpcCniRoleProps,
} from 'cdk-eks-node-role';

const AT = '[at Stack/VpcCniRole]';
const podIdentity = VpcCniIdentity.podIdentity();
const cniRole = (props: VpcCniRoleProps) => (stack: Stack) => () => new VpcCniRole(stack, 'VpcCniRole', props);

export const VPC_CNI_ROLE: Row[] = [
  ...names((stack, props) => new VpcCniRole(stack, 'VpcCniRole', { identity: podIdentity, ...props }), 'Stack/VpcCniRole'),
  ['an association without a cluster', cniRole({ identity: VpcCniIdentity.podIdentity({ createAssociation: true }) }),
    `createAssociation is true, but an association belongs to a cluster, and none is given. Give cluster, or leave createAssociation out ${AT}`],
  ['`ipv6Policy` with IPv4', cniRole({ identity: podIdentity, ipFamily: VpcCniIpFamily.IPV4, ipv6Policy: aws('Mine') }), `ipv6Policy is given, ${NO_USE} ${AT}`],
  ['26 managed policies', cniRole({ identity: podIdentity, ipFamily: VpcCniIpFamily.IPV6, additionalManagedPolicies: policies(25) }),
    `number of managed policies is 26, ${TOO_MANY} ${AT}`],
  ['a second role for the plugin of a cluster', stack => {
    const identity = VpcCniIdentity.podIdentity({ cluster: importedCluster(stack) });
    new VpcCniRole(stack, 'First', { identity });
    return cniRole({ identity })(stack);
  }, 'cluster is "Stack/Cluster", but its VPC CNI plugin already has the role Stack/First, and EKS takes one association for a service account. ' +
    `Use VpcCniPermissions.onExistingRole() with that role ${AT}`],
];

export const ON_SEPARATE_ROLE: Row[] = names((stack, props) =>
  new EksNodeRole(stack, 'NodeRole', { vpcCni: VpcCniPermissions.onSeparateRole({ identity: podIdentity, ...props }) }), 'Stack/NodeRole/VpcCniRole');

const ISSUER = 'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE';
const PROVIDER_ARN = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;
const NO_PROVIDER = `AWS takes an ARN such as arn:PARTITION:iam::ACCOUNT:oidc-provider/ISSUER. Pass the IAM OIDC provider of the cluster ${AT}`;
const NO_ISSUER = `AWS takes an issuer such as oidc.eks.REGION.amazonaws.com/id/EXAMPLE. Write it as the cluster gives it, or leave it out ${AT}`;

function irsa(providerArn: string, issuer?: string) {
  return (stack: Stack) => {
    const oidcProvider = new iam.CfnOIDCProvider(new Stack(), 'Provider');
    Object.defineProperty(oidcProvider, 'oidcProviderRef', { value: { oidcProviderArn: providerArn } });
    return cniRole({ identity: VpcCniIdentity.irsa({ oidcProvider, issuer }) })(stack);
  };
}

export const IRSA: Row[] = [
  ['an ARN of a role', irsa('arn:aws:iam::111122223333:role/provider'), `oidcProvider is "arn:aws:iam::111122223333:role/provider", but ${NO_PROVIDER}`],
  ['an issuer for an ARN', irsa(ISSUER), `oidcProvider is "${ISSUER}", but ${NO_PROVIDER}`],
  ['an ARN without issuer', irsa('arn:aws:iam::111122223333:oidc-provider/'), `oidcProvider is "arn:aws:iam::111122223333:oidc-provider/", but ${NO_PROVIDER}`],
  ['an ARN whose issuer has a scheme', irsa(`arn:aws:iam::111122223333:oidc-provider/https://${ISSUER}`),
    `oidcProvider is "arn:aws:iam::111122223333:oidc-provider/https://oidc.eks.us-east-1.amazonaws..., but ${NO_PROVIDER}`],
  ['an issuer without characters', irsa(PROVIDER_ARN, ''), `issuer is "", but ${NO_ISSUER}`],
  ['an issuer that is a scheme alone', irsa(PROVIDER_ARN, 'https://'), `issuer is "", but ${NO_ISSUER}`],
  ['an issuer with another scheme', irsa(PROVIDER_ARN, `http://${ISSUER}`), `issuer is "http://${ISSUER}", but ${NO_ISSUER}`],
  ['an issuer with a condition key', irsa(PROVIDER_ARN, `${ISSUER}:sub`), `issuer is "${ISSUER}:sub", but ${NO_ISSUER}`],
  ['an issuer that is an ARN', irsa(PROVIDER_ARN, PROVIDER_ARN), `issuer is "${PROVIDER_ARN.slice(0, 76)}..., but ${NO_ISSUER}`],
  ['the issuer of another cluster', irsa(PROVIDER_ARN, 'https://oidc.eks.us-east-1.amazonaws.com/id/OTHER'),
    `issuer is "https://oidc.eks.us-east-1.amazonaws.com/id/OTHER", but the OIDC provider is that of ${ISSUER}. Leave issuer out, or pass the provider of the same cluster ${AT}`],
];

const POLICY_NAME = 'AWS takes 1 to 128 letters, digits or _+=,.@-. Use another name, or leave it out and CloudFormation names the policy [at Stack/Policy]';
const POLICY_PATH = 'AWS takes at most 512 letters, digits, "/" or .,+@=_-, the first and the last of them "/". Write a path such as "/eks/", or leave it out for "/" [at Stack/Policy]';
const policy = (props: CniIpv6PolicyProps) => (stack: Stack) => () => new CniIpv6Policy(stack, 'Policy', props);

export const CNI_IPV6_POLICY: Row[] = [
  ['`managedPolicyName` with a slash', policy({ managedPolicyName: 'eks/ipv6' }), `managedPolicyName is "eks/ipv6", but ${POLICY_NAME}`],
  ['`managedPolicyName` of 129 characters', policy({ managedPolicyName: 'n'.repeat(129) }), `managedPolicyName is "${'n'.repeat(76)}..., but ${POLICY_NAME}`],
  ['`managedPolicyName` without characters', policy({ managedPolicyName: '' }), `managedPolicyName is "", but ${POLICY_NAME}`],
  ['`description` of 1,001 characters', policy({ description: 'd'.repeat(1001) }),
    `description is "${'d'.repeat(76)}..., but AWS takes at most 1,000 characters. Shorten it [at Stack/Policy]`],
  ['`path` without a slash at the end', policy({ path: '/eks' }), `path is "/eks", but ${POLICY_PATH}`],
  ['`path` with a character that roles take', policy({ path: '/eks!/' }), `path is "/eks!/", but ${POLICY_PATH}`],
  ['`path` without characters', policy({ path: '' }), `path is "", but ${POLICY_PATH}`],
  ['`forStack`, where something else has the id', stack => {
    new CfnResource(stack, 'AmazonEKS_CNI_IPv6_Policy', { type: 'AWS::IAM::ManagedPolicy' });
    return () => CniIpv6Policy.forStack(stack);
  }, 'construct id is "AmazonEKS_CNI_IPv6_Policy", but the shared IPv6 policy of the stack has this id, and the construct is not a CniIpv6Policy. ' +
    'Give it another id, or pass it as ipv6Policy [at Stack/AmazonEKS_CNI_IPv6_Policy]'],
];

export const NODE_ACCESS_ENTRY: Row[] = [
  ['a second entry for a role and cluster', stack => {
    const [role, cluster] = [new EksNodeRole(stack, 'NodeRole'), importedCluster(stack)];
    role.allowClusterAccess(cluster);
    return () => new NodeAccessEntry(stack, 'Second', { cluster, role });
  }, 'role is "Stack/NodeRole", but it has the access entry Stack/NodeRole/AccessEntry-my-cluster in this cluster, and EKS takes one entry for a role. ' +
    'Use that entry, or another role for other nodes [at Stack/Second]'],
];
