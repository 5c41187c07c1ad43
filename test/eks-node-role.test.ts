import { Annotations, App, Aspects, CfnOutput, CfnParameter, CfnResource, Duration, Lazy, PropertyInjectors, Stack, Tags } from 'aws-cdk-lib';
import * as assertions from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { awsManagedPolicyArn, newStack, onlyPolicyStatements, onlyResource, onlyRole, resourcesOf, warningsOf } from './helpers';
import { ContainerRegistryPolicy, EksAutoModeNodeRole, EksNodeRole, VpcCniIpFamily, VpcCniPermissions, WorkerNodePolicy } from 'cdk-eks-node-role';

const WORKER_NODE = awsManagedPolicyArn('AmazonEKSWorkerNodePolicy');
const READ_ONLY = awsManagedPolicyArn('AmazonEC2ContainerRegistryReadOnly');

const describeLogs = () => new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] });

function customerPolicies(stack: Stack, count: number): iam.IManagedPolicy[] {
  return Array.from({ length: count }, (_, i) => iam.ManagedPolicy.fromManagedPolicyName(stack, `Policy${i}`, `policy-${i}`));
}

describe('the default', () => {
  test('is one role, for EC2, with the two policies of the guide, and nothing else', () => {
    const stack = newStack();
    new EksNodeRole(stack, 'NodeRole');
    expect(resourcesOf(stack)).toEqual({
      NodeRoleB5643E21: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }],
          },
          Description: 'Amazon EKS - Node role',
          ManagedPolicyArns: [WORKER_NODE, READ_ONLY],
        },
      },
    });
  });

  test('warns once that the VPC CNI plugin has no permissions, and says what to choose', () => {
    const stack = newStack();
    new EksNodeRole(stack, 'NodeRole');
    expect(warningsOf(stack)).toEqual([[
      '/Stack/NodeRole',
      'nodes stay NotReady until the Amazon VPC CNI plugin has its permissions. Set vpcCni to VpcCniPermissions.onSeparateRole() ' +
      'or VpcCniPermissions.onNodeRole(), or to VpcCniPermissions.grantedElsewhere() where a role made elsewhere has them [ack: cdk-eks-node-role:vpcCniNotChosen]',
    ]]);
  });

  test('is silent once the warning is acknowledged', () => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole');
    Annotations.of(nodeRole).acknowledgeWarning('cdk-eks-node-role:vpcCniNotChosen');
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('the logical id', () => {
  test('is that of a plain iam.Role with the same id, so that neither replaces the other', () => {
    const plain = newStack();
    new iam.Role(plain, 'NodeRole', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    const ours = newStack();
    new EksNodeRole(ours, 'NodeRole');
    expect(Object.keys(resourcesOf(ours))).toEqual(Object.keys(resourcesOf(plain)));
  });

  test('of the policies is pinned', () => {
    const stack = newStack();
    new EksNodeRole(stack, 'NodeRole', {
      vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV6 }),
      additionalStatements: [describeLogs()],
    });
    expect(Object.keys(resourcesOf(stack)).sort()).toEqual(['AmazonEKSCNIIPv6Policy3D9DEEEE', 'NodeRoleB5643E21', 'NodeRoleNodePolicyFE3091D0']);
  });
});

describe('trust', () => {
  test.each([
    ['aws', 'us-east-1', ['ec2.amazonaws.com']],
    ['aws-cn', 'cn-north-1', ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn']],
    ['aws-cn, another region', 'cn-northwest-1', ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn']],
    ['aws-us-gov', 'us-gov-west-1', ['ec2.amazonaws.com']],
    ['aws-eusc', 'eusc-de-east-1', ['ec2.amazonaws.com']],
    ['aws-iso', 'us-iso-east-1', ['ec2.amazonaws.com']],
    ['aws-iso-b', 'us-isob-east-1', ['ec2.amazonaws.com']],
    ['whatever partition the stack is deployed to', undefined, ['ec2.amazonaws.com']],
  ])('in %s', (_, region, services) => {
    const stack = newStack(region);
    new EksNodeRole(stack, 'NodeRole');
    expect(onlyRole(stack).AssumeRolePolicyDocument).toEqual({
      Version: '2012-10-17',
      Statement: services.map(Service => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } })),
    });
  });
});

describe('managed policies', () => {
  test('of Session Manager come with ssmSessionPermissions', () => {
    const stack = newStack();
    new EksNodeRole(stack, 'NodeRole', { ssmSessionPermissions: true });
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, READ_ONLY, awsManagedPolicyArn('AmazonSSMManagedInstanceCore')]);
  });

  test('of the user follow those of the library, whether given as prop or added later', () => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole', {
      additionalManagedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy')],
    });
    nodeRole.addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Mine', 'arn:aws:iam::111122223333:policy/mine'));
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([
      WORKER_NODE, READ_ONLY, awsManagedPolicyArn('CloudWatchAgentServerPolicy'), 'arn:aws:iam::111122223333:policy/mine',
    ]);
  });

  test('are attached once, an AWS managed policy also when its ARN is written in another way', () => {
    const stack = newStack();
    const mine = new iam.ManagedPolicy(stack, 'Mine', { statements: [describeLogs()] });
    const nodeRole = new EksNodeRole(stack, 'NodeRole', {
      additionalManagedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSWorkerNodePolicy'), mine, mine],
    });
    nodeRole.addManagedPolicy(mine);
    nodeRole.addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Literal', 'arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy'));
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, READ_ONLY, stack.resolve(mine.managedPolicyArn)]);
  });

  test('are warned about from the eleventh on, once', () => {
    const stack = newStack();
    const vpcCni = VpcCniPermissions.grantedElsewhere();
    const nodeRole = new EksNodeRole(stack, 'NodeRole', { vpcCni, additionalManagedPolicies: customerPolicies(stack, 8) });
    expect(nodeRole.node.metadata).toEqual([]);
    nodeRole.addToRolePolicy(describeLogs());
    nodeRole.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy'));
    expect(warningsOf(stack)).toEqual([[
      '/Stack/NodeRole',
      'the role has more than 10 managed policies, which an account may refuse by default. Raise the quota ' +
      '"Managed policies attached to an IAM role", or give statements in place of policies [ack: cdk-eks-node-role:manyManagedPolicies]',
    ]]);
  });

  test('may be 25, the policy of the statements counted', () => {
    const stack = newStack();
    new EksNodeRole(stack, 'NodeRole', { additionalManagedPolicies: customerPolicies(stack, 22), additionalStatements: [describeLogs()] });
    expect(onlyRole(stack).ManagedPolicyArns).toHaveLength(25);
  });

  test('fail synthesis above 25 where they were attached to the role itself', () => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole', { additionalManagedPolicies: customerPolicies(stack, 23) });
    nodeRole.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy'));
    expect(() => resourcesOf(stack)).toThrow(
      '[Stack/NodeRole] number of managed policies is 26, but a role takes 25 at most. Leave some out, or give statements in place of policies');
  });
});

describe('statements', () => {
  test('go into one customer managed policy that the role refers to, whether given as prop or added later', () => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole', { additionalStatements: [describeLogs()] });
    nodeRole.addToRolePolicy(new iam.PolicyStatement({ actions: ['logs:PutLogEvents'], resources: ['arn:x:logs:::nodes'] }));
    expect(onlyPolicyStatements(stack)).toEqual([
      { Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
      { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: 'arn:x:logs:::nodes' },
    ]);
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, READ_ONLY, { Ref: 'NodeRoleNodePolicyFE3091D0' }]);
  });

  test('that are added to a role without any make the policy', () => {
    const stack = newStack();
    new EksNodeRole(stack, 'NodeRole').addToRolePolicy(describeLogs());
    expect(onlyPolicyStatements(stack)).toEqual([{ Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' }]);
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, READ_ONLY, { Ref: 'NodeRoleNodePolicyFE3091D0' }]);
  });

  describe('may have 6,144 characters together', () => {
    const withoutResource = '{"Statement":[{"Action":"s3:GetObject","Effect":"Allow","Resource":""}],"Version":"2012-10-17"}';
    const longest = 'x'.repeat(6144 - withoutResource.length);
    const getObject = (resource: string) => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [resource] });

    test('white space and what only the deployment knows not counted', () => {
      const stack = newStack();
      const { valueAsString } = new CfnParameter(stack, 'ParameterWhoseNameIsNotCounted');
      new EksNodeRole(stack, 'NodeRole', { additionalStatements: [getObject(`${valueAsString}   ${longest}`)] });
      expect(onlyPolicyStatements(stack)).toHaveLength(1);
    });

    test('and with one more fail synthesis', () => {
      const stack = newStack();
      new EksNodeRole(stack, 'NodeRole', { additionalStatements: [getObject(`${longest}x`)] });
      expect(() => resourcesOf(stack)).toThrow(
        '[Stack/NodeRole/NodePolicy] size of the policy that holds all statements of the role is 6145, but IAM takes 6144 characters at most, ' +
        'white space not counted. Put some statements into a managed policy of your own and pass it as additionalManagedPolicies');
    });
  });
});

describe('ordering', () => {
  const workerNodePolicies = {
    awsManaged: () => WorkerNodePolicy.awsManaged(),
    awsManagedMinimal: () => WorkerNodePolicy.awsManagedMinimal(),
    leastPrivilege: () => WorkerNodePolicy.leastPrivilege(),
    custom: () => WorkerNodePolicy.custom({ statements: [describeLogs()] }),
  };
  const containerRegistryPolicies = {
    readOnly: () => ContainerRegistryPolicy.readOnly(),
    pullOnly: () => ContainerRegistryPolicy.pullOnly(),
    leastPrivilege: () => ContainerRegistryPolicy.leastPrivilege({ pullThroughCache: true }),
    custom: () => ContainerRegistryPolicy.custom({ statements: [describeLogs()] }),
    none: () => ContainerRegistryPolicy.none(),
  };
  const vpcCnis = {
    notChosen: () => undefined,
    ipv4: () => VpcCniPermissions.onNodeRole(),
    ipv6: () => VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV6 }),
    both: () => VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4_AND_IPV6 }),
    elsewhere: () => VpcCniPermissions.grantedElsewhere(),
  };
  const combinations = Object.keys(workerNodePolicies).flatMap(worker =>
    Object.keys(containerRegistryPolicies).flatMap(registry =>
      Object.keys(vpcCnis).flatMap(cni => [false, true].map(more => [worker, registry, cni, more] as const)),
    ));

  test.each(combinations)('worker %s, registry %s, cni %s, additions %s: the role refers to all policies, none refers to the role', (worker, registry, cni, more) => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole', {
      workerNodePolicy: workerNodePolicies[worker as keyof typeof workerNodePolicies](),
      containerRegistryPolicy: containerRegistryPolicies[registry as keyof typeof containerRegistryPolicies](),
      vpcCni: vpcCnis[cni as keyof typeof vpcCnis](),
      ssmSessionPermissions: more,
      additionalManagedPolicies: more ? [iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy')] : undefined,
      additionalStatements: more ? [describeLogs()] : undefined,
    });
    if (more) {
      nodeRole.addToRolePolicy(describeLogs());
      nodeRole.addManagedPolicy(new iam.ManagedPolicy(stack, 'Mine', { statements: [describeLogs()] }));
    }

    const { NodeRoleB5643E21: role, ...policies } = resourcesOf(stack);
    expect(Object.values(policies).map(policy => policy.Type)).toEqual(Object.keys(policies).map(() => 'AWS::IAM::ManagedPolicy'));
    expect(JSON.stringify(policies)).not.toContain('NodeRoleB5643E21');
    expect(JSON.stringify(policies)).not.toContain('"Roles"');
    for (const policy of Object.keys(policies)) {
      expect(role.Properties.ManagedPolicyArns).toContainEqual({ Ref: policy });
    }
    expect(role.Properties).not.toHaveProperty('Policies');
  });

  test('of grants by the CDK, which make a default policy, is a matter of addDependency', () => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole', { additionalStatements: [describeLogs()] });
    new s3.Bucket(stack, 'Bucket').grantRead(nodeRole);
    const nodegroup = new CfnResource(stack, 'Nodegroup', { type: 'AWS::EKS::Nodegroup' });
    nodegroup.node.addDependency(nodeRole);

    const resources = resourcesOf(stack);
    const [defaultPolicy] = Object.keys(resources).filter(id => resources[id].Type === 'AWS::IAM::Policy');
    expect(resources[defaultPolicy].Properties.Roles).toEqual([{ Ref: 'NodeRoleB5643E21' }]);
    expect([...resources.Nodegroup.DependsOn].sort()).toEqual([defaultPolicy, 'NodeRoleB5643E21', 'NodeRoleNodePolicyFE3091D0'].sort());
  });
});

describe('tokens', () => {
  test('are taken in every prop, unchecked', () => {
    const stack = newStack();
    const text = (id: string) => new CfnParameter(stack, id).valueAsString;
    new EksNodeRole(stack, 'NodeRole', {
      roleName: text('Name'),
      path: text('Path'),
      description: text('Description'),
      permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', text('BoundaryArn')),
      maxSessionDuration: Duration.seconds(Lazy.number({ produce: () => 7200 })),
    });
    expect(onlyRole(stack)).toMatchObject({
      RoleName: { Ref: 'Name' },
      Path: { Ref: 'Path' },
      Description: { Ref: 'Description' },
      PermissionsBoundary: { Ref: 'BoundaryArn' },
      MaxSessionDuration: 7200,
    });
  });
});

describe('what works on a plain role works here', () => {
  test('name, description, path, boundary and session duration', () => {
    const stack = newStack();
    new EksNodeRole(stack, 'NodeRole', {
      roleName: 'AmazonEKSNodeRole',
      description: 'Noeuds\tdu réseau\n',
      path: '/eks/nodes/',
      permissionsBoundary: iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'),
      maxSessionDuration: Duration.hours(12),
    });
    expect(onlyRole(stack)).toMatchObject({
      RoleName: 'AmazonEKSNodeRole',
      Description: 'Noeuds\tdu réseau\n',
      Path: '/eks/nodes/',
      PermissionsBoundary: awsManagedPolicyArn('PowerUserAccess'),
      MaxSessionDuration: 43200,
    });
  });

  test('attributes', () => {
    const stack = newStack('us-east-1');
    const nodeRole = new EksNodeRole(stack, 'NodeRole');
    expect(stack.resolve([nodeRole.roleArn, nodeRole.roleName, nodeRole.roleRef])).toEqual([
      { 'Fn::GetAtt': ['NodeRoleB5643E21', 'Arn'] },
      { Ref: 'NodeRoleB5643E21' },
      { roleArn: { 'Fn::GetAtt': ['NodeRoleB5643E21', 'Arn'] }, roleName: { Ref: 'NodeRoleB5643E21' } },
    ]);
    expect(nodeRole.env).toEqual({ account: '111122223333', region: 'us-east-1' });
    expect(nodeRole.grantPrincipal).toBe(nodeRole.role);
    expect(nodeRole.node.defaultChild).toBe(nodeRole.role);
  });

  test('a reference from another stack', () => {
    const app = new App();
    const nodeRole = new EksNodeRole(new Stack(app, 'Roles'), 'NodeRole');
    const other = new Stack(app, 'Other');
    new CfnOutput(other, 'Arn', { value: nodeRole.roleArn });
    const { Value } = assertions.Template.fromStack(other).toJSON().Outputs.Arn;
    expect(Value).toEqual({ 'Fn::ImportValue': expect.stringContaining('FnGetAttNodeRoleB5643E21Arn') });
  });

  test('tags', () => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole');
    Tags.of(nodeRole).add('team', 'platform');
    expect(onlyRole(stack).Tags).toEqual([{ Key: 'team', Value: 'platform' }]);
  });

  test('aspects, the permissions boundary of the CDK among them', () => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole');
    iam.PermissionsBoundary.of(nodeRole).apply(iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'));
    Aspects.of(stack).add({ visit: node => { if (node instanceof iam.CfnRole) { node.description = 'by an aspect'; } } });
    expect(onlyRole(stack)).toMatchObject({ PermissionsBoundary: awsManagedPolicyArn('PowerUserAccess'), Description: 'by an aspect' });
  });

  test('escape hatches', () => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole');
    (nodeRole.role.node.defaultChild as iam.CfnRole).addPropertyOverride('Description', 'by an override');
    expect(onlyRole(stack).Description).toBe('by an override');
  });

  test('an escape hatch that takes all policies off', () => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole');
    (nodeRole.role.node.defaultChild as iam.CfnRole).managedPolicyArns = undefined;
    expect(onlyRole(stack)).not.toHaveProperty('ManagedPolicyArns');
  });

  test('property injection', () => {
    const app = new App();
    PropertyInjectors.of(app).add({
      constructUniqueId: iam.Role.PROPERTY_INJECTION_ID,
      inject: (props: iam.RoleProps) => ({ ...props, permissionsBoundary: iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess') }),
    });
    const stack = new Stack(app, 'Stack');
    new EksNodeRole(stack, 'NodeRole');
    expect(onlyRole(stack).PermissionsBoundary).toEqual(awsManagedPolicyArn('PowerUserAccess'));
  });

  test('Role.customizeRoles with a role that exists', () => {
    const stack = newStack('us-east-1');
    iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/NodeRole/Default': 'precreated' } });
    const nodeRole = new EksNodeRole(stack, 'NodeRole', { additionalStatements: [describeLogs()] });
    nodeRole.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy'));
    new s3.Bucket(stack, 'Bucket').grantRead(nodeRole);
    new CfnOutput(stack, 'Arn', { value: nodeRole.roleArn });
    const template = assertions.Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::Role', 0);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    expect(JSON.stringify(template.findOutputs('Arn'))).toContain(':iam::111122223333:role/precreated');
  });

  test('Role.customizeRoles that keeps all roles and policies out of the template', () => {
    const stack = newStack();
    iam.Role.customizeRoles(stack);
    new EksNodeRole(stack, 'NodeRole', { additionalStatements: [describeLogs()], maxSessionDuration: Duration.seconds(Lazy.number({ produce: () => 7200 })) });
    expect(resourcesOf(stack)).toEqual({});
  });
});

describe('addInstanceProfile', () => {
  test('makes an instance profile with the role, its path that of the role', () => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole', { vpcCni: VpcCniPermissions.grantedElsewhere(), path: '/eks/' });
    expect(nodeRole.instanceProfile).toBeUndefined();
    expect(nodeRole.addInstanceProfile()).toBe(nodeRole.instanceProfile);
    expect(resourcesOf(stack).NodeRoleInstanceProfile1481E5E0).toEqual({
      Type: 'AWS::IAM::InstanceProfile',
      Properties: { Path: '/eks/', Roles: [{ Ref: 'NodeRoleB5643E21' }] },
    });
  });

  test('takes a name and a path of its own, tokens too', () => {
    const stack = newStack();
    const nodeRole = new EksNodeRole(stack, 'NodeRole', { path: '/eks/' });
    nodeRole.addInstanceProfile({ instanceProfileName: new CfnParameter(stack, 'Name').valueAsString, path: '/' });
    expect(resourcesOf(stack).NodeRoleInstanceProfile1481E5E0.Properties).toEqual({
      InstanceProfileName: { Ref: 'Name' }, Path: '/', Roles: [{ Ref: 'NodeRoleB5643E21' }],
    });
  });
});

describe('grantPassRole', () => {
  test.each([
    ['us-east-1', 'ec2.amazonaws.com'],
    ['us-gov-west-1', 'ec2.amazonaws.com'],
    ['cn-north-1', ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn']],
    [undefined, 'ec2.amazonaws.com'],
  ])('permits to pass this role, to EC2 only, in %s', (region, services) => {
    const stack = newStack(region);
    const controller = new iam.Role(stack, 'Controller', { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com') });
    const grants = [new EksNodeRole(stack, 'NodeRole'), new EksAutoModeNodeRole(stack, 'Auto')].map(nodeRole => nodeRole.grantPassRole(controller));
    expect(grants.map(grant => grant.success)).toEqual([true, true]);
    expect(onlyResource(stack, 'AWS::IAM::Policy').PolicyDocument.Statement).toEqual(['NodeRoleB5643E21', 'Auto29EF6E69'].map(id => ({
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: { 'Fn::GetAtt': [id, 'Arn'] },
      Condition: { StringEquals: { 'iam:PassedToService': services } },
    })));
  });
});

describe('several roles', () => {
  test('in one scope have policies of their own', () => {
    const stack = newStack();
    new EksNodeRole(stack, 'A', { additionalStatements: [describeLogs()] });
    new EksNodeRole(stack, 'B', { additionalStatements: [describeLogs()] });
    assertions.Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 2);
    assertions.Template.fromStack(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 2);
  });

  test('can be made from the same choices, and come out alike', () => {
    const stack = newStack();
    const props = {
      workerNodePolicy: WorkerNodePolicy.custom({ statements: [describeLogs()] }),
      containerRegistryPolicy: ContainerRegistryPolicy.leastPrivilege(),
      vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV6 }),
    };
    new EksNodeRole(stack, 'A', props);
    new EksNodeRole(stack, 'B', props);
    const template = assertions.Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 3);
    const documents = Object.entries(template.findResources('AWS::IAM::ManagedPolicy'))
      .filter(([id]) => id.includes('NodePolicy'))
      .map(([, policy]) => policy.Properties.PolicyDocument);
    expect(documents[0]).toEqual(documents[1]);
  });
});

test('the same app gives the same template twice', () => {
  const synthesize = () => {
    const stack = newStack('us-east-1');
    new EksNodeRole(stack, 'NodeRole', {
      workerNodePolicy: WorkerNodePolicy.leastPrivilege(),
      vpcCni: VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4_AND_IPV6 }),
    });
    return JSON.stringify(assertions.Template.fromStack(stack).toJSON());
  };
  expect(synthesize()).toBe(synthesize());
});

test('isEksNodeRole knows its kind, without instanceof', () => {
  const stack = newStack();
  const nodeRole = new EksNodeRole(stack, 'NodeRole');
  const fromAnotherCopy = { [Symbol.for('cdk-eks-node-role.EksNodeRole')]: true };
  expect([nodeRole, fromAnotherCopy, nodeRole.role, {}, null, undefined, 'role'].map(EksNodeRole.isEksNodeRole))
    .toEqual([true, true, false, false, false, false, false]);
});
