import { Inventory } from '../src/private/node-role-model';
import { applyRules } from '../src/private/node-role-rules';
import { inventoryOf } from '../src/private/template-inventory';
import { TemplateResources } from '../src/private/template-resources';
import { readable, reference } from '../src/private/template-values';

/** What is read of a template as it stands, beyond what constructs write. */
function read(resources: Record<string, object>, environment: { region?: string; account?: string } = {}): Inventory {
  const source = { key: '0', body: { Resources: resources as any }, environment: '', ...environment };
  return inventoryOf(new TemplateResources([source], () => false), new Map());
}

const nodegroup = (NodeRole: unknown, more: object = {}) => ({ Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: 'my-cluster', NodeRole, ...more } });
const role = (properties: object = {}) => ({ Type: 'AWS::IAM::Role', Properties: properties });
const onlyRole = (Properties: object, environment = {}) => read({ Role: role(Properties), Group: nodegroup({ 'Fn::GetAtt': 'Role.Arn' }) }, environment).roles[0];
const trust = (...Statement: unknown[]) => ({ AssumeRolePolicyDocument: { Statement } });

test('a role without policies has none', () => {
  expect(onlyRole({}).policies).toEqual({ seen: [], hidden: undefined });
});

test('policies of which only the deployment knows are not seen', () => {
  const hidden = 'its list of policies is a value that only the deployment knows';
  expect(onlyRole({ Policies: { Ref: 'Parameter' } }).policies).toEqual({ seen: [], hidden });
  expect(onlyRole({ ManagedPolicyArns: { Ref: 'Parameter' } }).policies).toEqual({ seen: [], hidden });
});

test('what is no value is left out', () => {
  expect(onlyRole({ ManagedPolicyArns: [{ Ref: 'AWS::NoValue' }] }).policies.seen).toEqual([]);
});

test('principals and conditions are read in every form', () => {
  expect(onlyRole(trust(
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ['*', 'arn:aws:iam::111122223333:root'] } },
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Ref: 'Parameter' } },
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' }, Condition: { Ref: 'Parameter' } },
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' }, Condition: { StringEquals: { Ref: 'Parameter' } } },
  )).trust.seen.map(({ principals, conditions }) => [principals, conditions])).toEqual([
    [['*:*', 'AWS:arn:aws:iam::111122223333:root'], []],
    [['AWS:⟨0:Parameter⟩'], []],
    [['Service:ec2.amazonaws.com'], [{ operator: '⟨0:Parameter⟩', key: '', values: [] }]],
    [['Service:ec2.amazonaws.com'], [{ operator: 'StringEquals', key: '⟨0:Parameter⟩', values: [] }]],
  ]);
});

test.each<[unknown, string]>([
  [{ 'Fn::Sub': '/${AWS::Region}/${AWS::AccountId}/${AWS::Partition}/${AWS::URLSuffix}/' }, '/us-east-1/111122223333/aws/amazonaws.com/'],
  [{ 'Fn::Sub': ['/${X}/', { X: 'eks' }] }, '/eks/'],
  [{ 'Fn::Join': ['/', ['', 'eks', '']] }, '/eks/'],
])('%j is known where the stack is', (Path, expected) => {
  expect(onlyRole({ Path }, { region: 'us-east-1', account: '111122223333' }).path).toBe(expected);
});

test('a literal of Fn::Sub is no variable', () => {
  expect(onlyRole({ Path: { 'Fn::Sub': '/${!X}/' } }).path).toBe('/${X}/');
});

test.each([
  { 'Fn::Sub': '/${AWS::Region}/${AWS::AccountId}/' },
  { 'Fn::Join': ['/', { Ref: 'Parameter' }] },
  { 'Fn::ImportValue': { Ref: 'AWS::NoValue' } },
])('%j is not known', Path => {
  expect(onlyRole({ Path }).path).toBeUndefined();
});

test('a role of an instance profile is a node role by either worker policy', () => {
  const kinds = ['AmazonEKSWorkerNodeMinimalPolicy', 'AmazonEKSWorkerNodePolicy', 'AmazonS3FullAccess'].map(name => read({
    Role: role({ ManagedPolicyArns: [`arn:aws-cn:iam::aws:policy/${name}`] }),
    Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Role' }] } },
    Unseen: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: { Ref: 'Parameter' } } },
  }).roles.length);
  expect(kinds).toEqual([1, 1, 0]);
});

test('nodes of no cluster, entries of no type and groups without tags are no evidence', () => {
  const inventory = read({
    Role: role({ Path: '/eks/' }),
    Group: nodegroup({ 'Fn::GetAtt': ['Role', 'Arn'] }, { ClusterName: { Ref: 'AWS::NoValue' } }),
    Other: role(),
    Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: 'my-cluster', PrincipalArn: { 'Fn::GetAtt': ['Other', 'Arn'] } } },
    Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { TagSpecifications: [{ ResourceType: 'instance' }] } } },
    Plain: { Type: 'AWS::EC2::Instance' },
    Fleet: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } } } },
    Agent: { Type: 'AWS::EKS::Addon', Properties: { AddonName: 'eks-pod-identity-agent' } },
  });
  expect(applyRules(inventory).flatMap(result => result.findings)).not.toEqual([]);
  expect(inventory.roles.map(({ name, uses }) => [name, uses.seen.map(use => use.cluster)])).toEqual([['⟨0:Role⟩', [undefined]]]);
});

test('nodes wait for what they refer to in the short form', () => {
  const { roles: [{ policies }] } = read({
    Role: role(),
    Policy: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: [] } } },
    Group: nodegroup({ 'Fn::GetAtt': 'Role.Arn' }, { NodegroupName: { 'Fn::GetAtt': 'Policy.Id' } }),
  });
  expect(policies.seen.map(policy => policy.launchedBefore)).toEqual([[]]);
});

test('rules say what they could not see', () => {
  const inventory = read({ Group: nodegroup('arn:aws:iam::111122223333:role/eks/nodes') });
  const hidden = applyRules(inventory).filter(result => result.hidden !== undefined).map(result => `${result.rule.id}: ${result.hidden}`);
  expect(hidden).toEqual(expect.arrayContaining([
    'NodeRoleTrust: the role is not made in this app',
    'NodeRoleWorkerPermissions: the role is not made in this app',
    'NodeRoleVpcCniPermissions: a policy of it or of a role of the plugin can not be seen',
    'NodeRoleQuota: the role is not made in this app',
  ]));
});

test('texts are read by the names of resources', () => {
  const text = `${reference('0', 'Role', 'Arn')} and ${reference('0', 'Other')} and ${reference('0', 'Other', 'Arn')}`;
  expect(readable(text, ref => ref === reference('0', 'Role') ? 'Stack/Role' : undefined)).toBe('Stack/Role and ${Other} and ${Other.Arn}');
});
