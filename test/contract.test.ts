/**
 * Construct paths and logical ids are public, since stacks that run have them. What another logical id costs the users of such a stack:
 *
 * - A role: CloudFormation makes a second one and deletes the first. Managed node groups can't change their role, so they are replaced
 *   and all their nodes drained; self-managed nodes and Karpenter's lose access to the cluster with the entry of the old role; the VPC
 *   CNI plugin's pods have no role until they start anew. A role with a name of its own fails to deploy: the name is taken.
 * - An access entry or an association: fails to deploy. CloudFormation makes the new one first, and EKS refuses a second entry for a
 *   role and a second association for a service account.
 * - A managed policy: another one is made and attached before the first is deleted, so permissions stay; a policy with a name of its
 *   own fails to deploy, and whoever refers to its ARN elsewhere has to follow.
 * - An instance profile: launch templates get a new version, with which auto scaling groups replace their nodes. One with a name of its
 *   own fails to deploy.
 *
 * Another path, even with the same logical id, breaks what goes by paths: acknowledgements, `Role.customizeRoles`, `node.findChild`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-eks-nodegroup.html (read 2026-11-24)
 */
import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { importedCluster, newStack } from './helpers';
import {
  CniIpv6Policy, EksAutoModeNodeRole, EksHybridNodeRole, EksNodeRole, HybridNodeCredentials, NodeAccessEntry, NodeRolePermissions, VpcCniIdentity,
  VpcCniIpFamily, VpcCniPermissions, VpcCniRole, WorkerNodePolicy,
} from 'cdk-eks-node-role';

const statement = () => new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] });
const podIdentity = (stack: Stack) => VpcCniIdentity.podIdentity({ cluster: importedCluster(stack) });

/** The resources of a construct with everything that it can make: path in the stack, logical id. */
const CONTRACT: [string, (stack: Stack) => void, Record<string, string>][] = [
  ['EksNodeRole', stack => {
    const vpcCni = VpcCniPermissions.onSeparateRole({ identity: podIdentity(stack), ipFamily: VpcCniIpFamily.IPV6 });
    const nodeRole = new EksNodeRole(stack, 'NodeRole', { vpcCni, additionalStatements: [statement()] });
    nodeRole.addInstanceProfile();
    nodeRole.allowClusterAccess(importedCluster(stack, 'my-cluster', 'Again'));
  }, {
    'NodeRole/Default/Resource': 'NodeRoleB5643E21',
    'NodeRole/NodePolicy/Resource': 'NodeRoleNodePolicyFE3091D0',
    'NodeRole/InstanceProfile/Resource': 'NodeRoleInstanceProfile1481E5E0',
    'NodeRole/AccessEntry-my-cluster/Default': 'NodeRoleAccessEntrymyclusterD94229AF',
    'NodeRole/VpcCniRole/Default/Resource': 'NodeRoleVpcCniRole64C57EBA',
    'NodeRole/VpcCniRole/Association': 'NodeRoleVpcCniRoleAssociation670F0D36',
    'AmazonEKS_CNI_IPv6_Policy/Resource': 'AmazonEKSCNIIPv6Policy3D9DEEEE',
  }],
  ['VpcCniRole', stack => { new VpcCniRole(stack, 'VpcCniRole', { identity: podIdentity(stack), additionalStatements: [statement()] }); }, {
    'VpcCniRole/Default/Resource': 'VpcCniRole4394D258',
    'VpcCniRole/VpcCniPolicy/Resource': 'VpcCniRoleVpcCniPolicy007DA312',
    'VpcCniRole/Association': 'VpcCniRoleAssociation4F710555',
  }],
  ['CniIpv6Policy', stack => { new CniIpv6Policy(stack, 'Policy'); }, {
    'Policy/Resource': 'Policy23B91518',
  }],
  ['NodeAccessEntry', stack => {
    new NodeAccessEntry(stack, 'Entry', { cluster: importedCluster(stack), role: iam.Role.fromRoleName(stack, 'Imported', 'nodes') });
  }, {
    'Entry/Default': 'Entry',
  }],
  ['EksAutoModeNodeRole', stack => {
    const nodeRole = new EksAutoModeNodeRole(stack, 'NodeRole');
    nodeRole.addToRolePolicy(statement());
    nodeRole.allowClusterAccess(importedCluster(stack));
  }, {
    'NodeRole/Default/Resource': 'NodeRoleB5643E21',
    'NodeRole/NodePolicy/Resource': 'NodeRoleNodePolicyFE3091D0',
    'NodeRole/AccessEntry-my-cluster/Default': 'NodeRoleAccessEntrymyclusterD94229AF',
  }],
  ['EksHybridNodeRole', stack => {
    const nodeRole = new EksHybridNodeRole(stack, 'NodeRole', { credentials: HybridNodeCredentials.systemsManager() });
    nodeRole.allowClusterAccess(importedCluster(stack));
  }, {
    'NodeRole/Default/Resource': 'NodeRoleB5643E21',
    'NodeRole/NodePolicy/Resource': 'NodeRoleNodePolicyFE3091D0',
    'NodeRole/AccessEntry-my-cluster/Default': 'NodeRoleAccessEntrymyclusterD94229AF',
  }],
  ['NodeRolePermissions', stack => {
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    role.with(new NodeRolePermissions({ workerNodePolicy: WorkerNodePolicy.leastPrivilege() }));
  }, {
    'Role/Resource': 'Role1ABCC5F0',
    'Role/Resource/NodePolicy/Resource': 'RoleNodePolicy63CF0B69',
  }],
];

test.each(CONTRACT)('%s', (_, make, contract) => {
  const stack = newStack();
  make(stack);
  const resources = stack.node.findAll().filter(CfnResource.isCfnResource);
  expect(Object.fromEntries(resources.map(({ node, logicalId }) => [node.path.slice('Stack/'.length), stack.resolve(logicalId)]))).toEqual(contract);
});
