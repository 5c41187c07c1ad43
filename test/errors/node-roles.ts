import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { importedCluster } from '../helpers';
import { atSynthesis, aws, DESCRIPTION, NAMES_ITSELF, names, NO_USE, passRole, PATH, policies, ROLE_NAME, Row, SECONDS, synthesize, TOO_MANY } from './row';
import {
  ContainerRegistryPolicy, EksAutoModeNodeRole, EksHybridNodeRole, EksNodeRole, EksNodeRoleProps, HybridNodeCredentials, NodeInstanceProfileOptions,
  NodeOperatingSystem, NodeRolePermissions, VpcCniIdentity, VpcCniIpFamily, VpcCniPermissions, WorkerNodePolicy,
} from 'cdk-eks-node-role';

const AT = '[at Stack/NodeRole]';
const nodeRole = (props: EksNodeRoleProps) => (stack: Stack) => () => new EksNodeRole(stack, 'NodeRole', props);
const EMPTY = 'is {"managedPolicies":[],"statements":[]}, but a custom policy permits something. Give custom() at least one managed policy or one statement';

export const EKS_NODE_ROLE: Row[] = [
  ...names((stack, props) => new EksNodeRole(stack, 'NodeRole', props), 'Stack/NodeRole'),
  ['`roleName` with a space', nodeRole({ roleName: 'node role' }), `roleName is "node role", but ${ROLE_NAME} ${AT}`],
  ['`roleName` of 65 characters', nodeRole({ roleName: 'n'.repeat(65) }), `roleName is "${'n'.repeat(65)}", but ${ROLE_NAME} ${AT}`],
  ['`path` without a slash at the start', nodeRole({ path: 'eks/' }), `path is "eks/", but ${PATH} ${AT}`],
  ['`path` with a space', nodeRole({ path: '/my nodes/' }), `path is "/my nodes/", but ${PATH} ${AT}`],
  ['`path` of 513 characters', nodeRole({ path: `/${'p'.repeat(511)}/` }), `path is "/${'p'.repeat(75)}..., but ${PATH} ${AT}`],
  ['`description` of 1,001 characters', nodeRole({ description: 'd'.repeat(1001) }), `description is "${'d'.repeat(76)}..., but ${DESCRIPTION} ${AT}`],
  ['`description` with a control character', nodeRole({ description: 'node\u0000role' }), `description is "node\\u0000role", but ${DESCRIPTION} ${AT}`],
  ['`maxSessionDuration` of less than an hour', nodeRole({ maxSessionDuration: Duration.minutes(59) }),
    `maxSessionDuration is "59 minutes", but ${SECONDS} ${AT}`],
  ['`maxSessionDuration` of more than twelve hours', nodeRole({ maxSessionDuration: Duration.seconds(43201) }),
    `maxSessionDuration is "12 hours 1 second", but ${SECONDS} ${AT}`],
  ['`maxSessionDuration` with half a second', nodeRole({ maxSessionDuration: Duration.millis(3600500) }),
    `maxSessionDuration is "1 hour 500 millis", but ${SECONDS} ${AT}`],
  ['empty `WorkerNodePolicy.custom`', nodeRole({ workerNodePolicy: WorkerNodePolicy.custom({}) }), `workerNodePolicy ${EMPTY} ${AT}`],
  ['`WorkerNodePolicy.custom` with empty lists', nodeRole({ workerNodePolicy: WorkerNodePolicy.custom({ managedPolicies: [], statements: [], podIdentityAgent: true }) }),
    `workerNodePolicy ${EMPTY} ${AT}`],
  ['empty `ContainerRegistryPolicy.custom`', nodeRole({ containerRegistryPolicy: ContainerRegistryPolicy.custom({}) }), `containerRegistryPolicy ${EMPTY} ${AT}`],
  ['no repositories', nodeRole({ containerRegistryPolicy: ContainerRegistryPolicy.leastPrivilege({ repositories: [] }) }),
    `repositories is [], but nodes have to pull images from somewhere. Name at least one repository, or leave repositories out for all of them ${AT}`],
  ['`ipv6Policy` with IPv4', nodeRole({ vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4, ipv6Policy: aws('Mine') }) }),
    `ipv6Policy is given, ${NO_USE} ${AT}`],
  ['26 managed policies', nodeRole({ additionalManagedPolicies: policies(24) }), `number of managed policies is 26, ${TOO_MANY} ${AT}`],
  ['26 managed policies, that of the statements counted',
    nodeRole({ additionalManagedPolicies: policies(24), workerNodePolicy: WorkerNodePolicy.leastPrivilege() }), `number of managed policies is 26, ${TOO_MANY} ${AT}`],
  ['26 managed policies beside a role and an IPv6 policy of the plugin', stack => {
    const identity = VpcCniIdentity.podIdentity({ cluster: importedCluster(stack) });
    const vpcCni = VpcCniPermissions.onSeparateRole({ identity, ipFamily: VpcCniIpFamily.IPV6 });
    return nodeRole({ vpcCni, additionalManagedPolicies: policies(24) })(stack);
  }, `number of managed policies is 26, ${TOO_MANY} ${AT}`],
  ['a second `VpcCniPermissions.onSeparateRole` for a cluster', stack => {
    const vpcCni = VpcCniPermissions.onSeparateRole({ identity: VpcCniIdentity.podIdentity({ cluster: importedCluster(stack) }) });
    new EksNodeRole(stack, 'First', { vpcCni });
    return nodeRole({ vpcCni })(stack);
  }, 'cluster is "Stack/Cluster", but its VPC CNI plugin already has the role Stack/First/VpcCniRole, and EKS takes one association for a service account. ' +
    'Use VpcCniPermissions.onExistingRole() with that role [at Stack/NodeRole/VpcCniRole]'],
  ['a statement on the role that only synthesis shows', stack => {
    const itself = Lazy.string({ produce: () => (stack.node.findChild('NodeRole') as EksNodeRole).roleArn });
    new EksNodeRole(stack, 'NodeRole', { additionalStatements: [passRole(itself)] });
    return synthesize(stack);
  }, atSynthesis('Stack/NodeRole/NodePolicy', `statement is {"Action":"iam:PassRole","Effect":"Allow","Resource":{"Fn::GetAtt":["NodeRole..., but ${NAMES_ITSELF}`)],
  ['statements of more than 6,144 characters', stack => {
    new EksNodeRole(stack, 'NodeRole', { additionalStatements: [passRole('r'.repeat(6144))] });
    return synthesize(stack);
  }, atSynthesis('Stack/NodeRole/NodePolicy', 'size of the policy that holds all statements of the role is 6239, but IAM takes 6144 characters at most, ' +
    'white space not counted. Put some statements into a managed policy of your own and pass it as additionalManagedPolicies')],
];

const existing = (props: EksNodeRoleProps, act: (made: EksNodeRole, stack: Stack) => unknown) => (stack: Stack) => {
  const made = new EksNodeRole(stack, 'NodeRole', props);
  return () => act(made, stack);
};
const profile = (options: NodeInstanceProfileOptions) => existing({}, made => made.addInstanceProfile(options));
const PROFILE_NAME = 'AWS takes 1 to 128 letters, digits or _+=,.@-. Use another name, or leave it out and CloudFormation names the instance profile';
const STATEMENT = 'statement is {"Action":"iam:PassRole","Effect":"Allow","Resource":';

export const EKS_NODE_ROLE_LATER: Row[] = [
  ['`addManagedPolicy`, the 26th', existing({ additionalManagedPolicies: policies(23) }, made => made.addManagedPolicy(aws('TheLastStraw'))),
    `number of managed policies is 26, ${TOO_MANY} ${AT}`],
  ['`addToRolePolicy` that makes the 26th', existing({ additionalManagedPolicies: policies(23) }, made => made.addToRolePolicy(passRole('*'))),
    `number of managed policies is 26, ${TOO_MANY} ${AT}`],
  ['`role.addManagedPolicy`, the 26th, which only synthesis shows', stack => {
    new EksNodeRole(stack, 'NodeRole', { additionalManagedPolicies: policies(23) }).role.addManagedPolicy(aws('TheLastStraw'));
    return synthesize(stack);
  }, atSynthesis('Stack/NodeRole', `number of managed policies is 26, ${TOO_MANY}`)],
  ['`addToRolePolicy` with the ARN of the role', existing({}, made => made.addToRolePolicy(passRole(made.roleArn))),
    `${STATEMENT}{"Fn::GetAtt":["NodeRole..., but ${NAMES_ITSELF} ${AT}`],
  ['`addToRolePolicy` with the name of the role', existing({}, made => made.addToRolePolicy(passRole(`arn:aws:iam::111122223333:role/${made.roleName}`))),
    `${STATEMENT}{"Fn::Join":["",["arn:aw..., but ${NAMES_ITSELF} ${AT}`],
  ['`addToRolePolicy` with a value that comes at synthesis', existing({}, made => made.addToRolePolicy(passRole(Lazy.string({ produce: () => made.roleArn })))),
    `${STATEMENT}{"Fn::GetAtt":["NodeRole..., but ${NAMES_ITSELF} ${AT}`],
  ['`instanceProfileName` without characters', profile({ instanceProfileName: '' }), `instanceProfileName is "", but ${PROFILE_NAME} ${AT}`],
  ['`instanceProfileName` of 129 characters', profile({ instanceProfileName: 'n'.repeat(129) }), `instanceProfileName is "${'n'.repeat(76)}..., but ${PROFILE_NAME} ${AT}`],
  ['`path` of an instance profile without a slash at the end', profile({ path: '/eks' }),
    `path is "/eks", but AWS takes at most 512 visible ASCII characters, the first and the last of them "/". Write a path such as "/eks/", or leave it out for that of the role ${AT}`],
  ['`addInstanceProfile` a second time', stack => {
    const made = new EksNodeRole(stack, 'NodeRole');
    made.addInstanceProfile();
    return () => made.addInstanceProfile({ instanceProfileName: 'other' });
  }, `addInstanceProfile() is called again, but a node role has one instance profile. Use instanceProfile, which the first call made ${AT}`],
  ['`allowClusterAccess` for Windows after Linux', stack => {
    const [made, cluster] = [new EksNodeRole(stack, 'NodeRole'), importedCluster(stack)];
    made.allowClusterAccess(cluster);
    return () => made.allowClusterAccess(cluster, { operatingSystem: NodeOperatingSystem.WINDOWS });
  }, `operatingSystem is "WINDOWS", but the role has an access entry of type EC2_LINUX in this cluster, and an entry has one type. Make another EksNodeRole for these nodes ${AT}`],
];

export const EKS_AUTO_MODE_NODE_ROLE: Row[] = [
  ...names((stack, props) => new EksAutoModeNodeRole(stack, 'AutoRole', props), 'Stack/AutoRole'),
  ['26 managed policies', stack => () => new EksAutoModeNodeRole(stack, 'AutoRole', { additionalManagedPolicies: policies(24) }),
    `number of managed policies is 26, ${TOO_MANY} [at Stack/AutoRole]`],
];

const TRUST_ANCHOR = 'AWS takes an ARN such as arn:PARTITION:rolesanywhere:REGION:ACCOUNT:trust-anchor/ID. Pass the ARN of the trust anchor [at Stack/HybridRole]';
const CERTIFICATE_AUTHORITY = 'arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/1';
const rolesAnywhere = (trustAnchorArn: string) => (stack: Stack) => () =>
  new EksHybridNodeRole(stack, 'HybridRole', { credentials: HybridNodeCredentials.iamRolesAnywhere({ trustAnchorArn }) });

export const EKS_HYBRID_NODE_ROLE: Row[] = [
  ...names((stack, props) => new EksHybridNodeRole(stack, 'HybridRole', { credentials: HybridNodeCredentials.systemsManager(), ...props }), 'Stack/HybridRole'),
  ['`trustAnchorArn` without characters', rolesAnywhere(''), `trustAnchorArn is "", but ${TRUST_ANCHOR}`],
  ['`trustAnchorArn` that is a name', rolesAnywhere('my-trust-anchor'), `trustAnchorArn is "my-trust-anchor", but ${TRUST_ANCHOR}`],
  ['`trustAnchorArn` of a certificate authority', rolesAnywhere(CERTIFICATE_AUTHORITY), `trustAnchorArn is "${CERTIFICATE_AUTHORITY}", but ${TRUST_ANCHOR}`],
];

const NOT_MADE = 'it is not in the templates of this app, so that its policies can\'t be changed. ' +
  'Apply NodeRolePermissions where the role is made, or to the other roles one by one [at Stack/Role]';
const ec2Role = (stack: Stack) => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });

export const NODE_ROLE_PERMISSIONS: Row[] = [
  ['`VpcCniPermissions.onSeparateRole`', () => () => new NodeRolePermissions({ vpcCni: VpcCniPermissions.onSeparateRole({ identity: VpcCniIdentity.podIdentity() }) }),
    'vpcCni is "VpcCniPermissions.onSeparateRole()", but the mixin has no place for the role that it makes. ' +
    'Make a VpcCniRole and give VpcCniPermissions.onExistingRole() with it [at NodeRolePermissions]'],
  ['an imported role', stack => {
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/nodes');
    return () => role.with(new NodeRolePermissions());
  }, `role is "Stack/Role", but ${NOT_MADE}`],
  ['an empty custom choice', stack => {
    const role = ec2Role(stack);
    return () => role.with(new NodeRolePermissions({ workerNodePolicy: WorkerNodePolicy.custom({}) }));
  }, `workerNodePolicy ${EMPTY} [at Stack/Role/Resource]`],
  ['a statement on the role', stack => {
    const role = ec2Role(stack);
    return () => role.with(new NodeRolePermissions({ workerNodePolicy: WorkerNodePolicy.custom({ statements: [passRole(role.roleArn)] }) }));
  }, `${STATEMENT}{"Fn::GetAtt":["Role1ABC..., but ${NAMES_ITSELF} [at Stack/Role/Resource]`],
  ['a role with 25 policies of its own', stack => {
    new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'), managedPolicies: policies(25) }).with(new NodeRolePermissions());
    return synthesize(stack);
  }, atSynthesis('Stack/Role/Resource', `number of managed policies is 27, ${TOO_MANY}`)],
];
