import * as nodeRoles from './node-roles';
import { Row } from './row';
import * as vpcCni from './vpc-cni';

/** All errors, by the construct, choice or call that has them. */
export const ERRORS: [title: string, rows: Row[]][] = [
  ['EksNodeRole', nodeRoles.EKS_NODE_ROLE],
  ['Calls on an EksNodeRole', nodeRoles.EKS_NODE_ROLE_LATER],
  ['EksAutoModeNodeRole', nodeRoles.EKS_AUTO_MODE_NODE_ROLE],
  ['EksHybridNodeRole', nodeRoles.EKS_HYBRID_NODE_ROLE],
  ['NodeRolePermissions', nodeRoles.NODE_ROLE_PERMISSIONS],
  ['VpcCniRole', vpcCni.VPC_CNI_ROLE],
  ['VpcCniPermissions.onSeparateRole', vpcCni.ON_SEPARATE_ROLE],
  ['VpcCniIdentity.irsa', vpcCni.IRSA],
  ['CniIpv6Policy', vpcCni.CNI_IPV6_POLICY],
  ['NodeAccessEntry', vpcCni.NODE_ACCESS_ENTRY],
];

export function errorsDoc(): string {
  const sections = ERRORS.map(([title, rows]) =>
    `## ${title}\n\n${rows.map(([given, , message]) => `${given}:\n\n\`\`\`text\n${message}\n\`\`\`\n`).join('\n')}`);
  return `<!-- Written by \`npm run docs:errors\` -->
# Errors

What can't work is an error where the construct is made, or at synthesis where only that shows it. It says what was given, why that
can't work, what to write instead, and which construct it is. Nothing of it gets into a template. Tokens are taken as they are.

${sections.join('\n')}`;
}
