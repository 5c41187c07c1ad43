import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Aws, CfnParameter, Fn, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { appOf, reported, violationsIn } from './rules/check';
import { allow, awsPolicy, cfnCluster, cfnCniRole, cfnNodegroup, cfnRole, clusterV1, document, guideIpv6Document, NODE_POLICIES, nodeRole, trust, vpc } from './rules/parts';
import { NodeRoleValidator, VpcCniPermissions } from 'cdk-eks-node-role';

const WRONG_TRUST = { assumeRolePolicyDocument: trust('eks.amazonaws.com') };
const names = (app: App) => violationsIn(app).map(violation => violation.ruleName);

/** A group with a node role that anyone but EC2 can assume. */
function wrongTrust(scope: Stack, id: string = ''): iam.CfnRole {
  const role = cfnRole(scope, WRONG_TRUST, `Role${id}`);
  cfnNodegroup(scope, role, {}, `Nodegroup${id}`);
  if (!scope.node.tryFindChild('CniRole')) { cfnCniRole(scope); }
  return role;
}

describe('in the report of the CDK', () => {
  function report(build: (stack: Stack) => void) {
    const log = jest.spyOn(console, 'error').mockReturnValue();
    const exitCode = process.exitCode;
    process.exitCode = undefined;
    const app = appOf(build);
    Validations.of(app).addPlugins(new NodeRoleValidator());
    const { directory } = app.synth();
    const result = { exitCode: process.exitCode, ...JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')).pluginReports[0] };
    process.exitCode = exitCode;
    log.mockRestore();
    return result;
  }

  test('an error names resource, construct, value, reason and fix, and fails synthesis', () => {
    const { exitCode, pluginName, conclusion, violations } = report(wrongTrust);
    expect([exitCode, pluginName, conclusion]).toEqual([1, 'cdk-eks-node-role', 'failure']);
    expect(violations).toEqual([expect.objectContaining({
      ruleName: 'NodeRoleTrust',
      severity: 'error',
      description: 'The trust relationship of a node role is not EC2 alone. Stack/Role: ec2.amazonaws.com can not assume it: it trusts eks.amazonaws.com. ' +
        'Nodes get the credentials of the role from EC2. Everyone else who can assume it has what nodes may do.',
      suggestedFix: expect.stringMatching(/^Let ec2\.amazonaws\.com assume the role/),
      ruleMetadata: { see: 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html' },
      violatingConstructs: [expect.objectContaining({ constructPath: 'Stack/Role', cloudFormationResource: expect.objectContaining({ logicalId: 'Role' }) })],
    })]);
  });

  test('a warning does not fail synthesis', () => {
    const { exitCode, conclusion, violations } = report(stack => nodeRole(stack, { vpcCni: VpcCniPermissions.onNodeRole() }));
    expect([exitCode, conclusion]).toEqual([undefined, 'success']);
    expect(violations.map((violation: any) => [violation.ruleName, violation.severity])).toEqual([['NodeRoleVpcCniOnNode', 'warning']]);
  });

  test('rules are told by their ids', () => {
    expect(new NodeRoleValidator().ruleIds).toContain('NodeRoleTrust');
  });
});

describe('an acknowledgement', () => {
  const acknowledge = (scope: IConstruct, reason: string = 'for a test', id: string = 'cdk-eks-node-role::NodeRoleTrust') =>
    Validations.of(scope).acknowledge({ id, reason });

  test('on the role counts', () => {
    expect(reported(stack => acknowledge(wrongTrust(stack)))).toEqual([]);
  });

  test('on a scope above counts', () => {
    const app = appOf(wrongTrust);
    acknowledge(app);
    expect(names(app)).toEqual([]);
  });

  test('with an id that no plugin qualifies counts', () => {
    expect(reported(stack => acknowledge(wrongTrust(stack), 'for a test', 'NodeRoleTrust'))).toEqual([]);
  });

  test('of another rule does not count', () => {
    expect(reported(stack => acknowledge(wrongTrust(stack), 'for a test', 'cdk-eks-node-role::NodeRolePath'))).toEqual(['error NodeRoleTrust']);
  });

  test('without a reason does not count, and the finding says so', () => {
    const [violation, ...others] = violationsIn(appOf(stack => acknowledge(wrongTrust(stack), ' ')));
    expect(others).toEqual([]);
    expect(violation.ruleName).toBe('NodeRoleTrust[Stack/Role]');
    expect(violation.description).toMatch(/ The acknowledgement at Stack\/Role gives no reason and does not count\.$/);
  });

  test('on another role does not count: the finding has a name that the CDK does not drop', () => {
    expect(reported(stack => {
      acknowledge(wrongTrust(stack));
      wrongTrust(stack, 'Other');
    })).toEqual(['error NodeRoleTrust[Stack/RoleOther]']);
  });

  test('by such a name counts', () => {
    expect(reported(stack => {
      acknowledge(wrongTrust(stack));
      acknowledge(wrongTrust(stack, 'Other'), 'for a test', 'cdk-eks-node-role::NodeRoleTrust[Stack/RoleOther]');
    })).toEqual([]);
  });
});

describe('finds the role', () => {
  test.each<[string, (stack: Stack, role: iam.CfnRole) => void]>([
    ['of an access entry', (stack, role) => new eks.CfnAccessEntry(stack, 'Entry', { clusterName: 'my-cluster', principalArn: role.attrArn, type: 'EC2_WINDOWS' })],
    ['of EKS Auto Mode', (stack, role) => cfnCluster(stack, 'API', { computeConfig: { enabled: true, nodeRoleArn: role.attrArn } })],
    ['of an instance profile that is named for a cluster', (stack, role) => {
      const eksCluster = cfnCluster(stack);
      new iam.CfnInstanceProfile(stack, 'Profile', { roles: [role.ref], instanceProfileName: `${eksCluster.ref}-nodes` });
    }],
    ['of an instance profile that is named for a cluster of that name', (stack, role) => {
      cfnCluster(stack, 'API_AND_CONFIG_MAP', { name: 'my-cluster' });
      new iam.CfnInstanceProfile(stack, 'Profile', { roles: [role.ref], instanceProfileName: 'my-cluster-nodes' });
    }],
    ['of an instance profile, where it has a worker policy', (stack, role) => new iam.CfnInstanceProfile(stack, 'Profile', { roles: [role.ref] })],
    ['of a launch configuration', (stack, role) => {
      const profile = new iam.CfnInstanceProfile(stack, 'Profile', { roles: [role.ref] });
      const configuration = new autoscaling.CfnLaunchConfiguration(stack, 'Configuration', { imageId: 'ami-1', instanceType: 'm7g.large', iamInstanceProfile: profile.ref });
      new autoscaling.CfnAutoScalingGroup(stack, 'Group', {
        minSize: '1', maxSize: '1', launchConfigurationName: configuration.ref, tags: [{ key: 'kubernetes.io/cluster/my-cluster', value: 'owned', propagateAtLaunch: true }],
      });
    }],
    ['of a launch template of a mixed group', (stack, role) => {
      new iam.CfnInstanceProfile(stack, 'Profile', { roles: [role.ref], instanceProfileName: 'profile' });
      const template = new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { iamInstanceProfile: { name: 'profile' } } });
      new autoscaling.CfnAutoScalingGroup(stack, 'Group', {
        minSize: '1',
        maxSize: '1',
        mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: { launchTemplateId: template.ref, version: '1' } } },
        tags: [{ key: 'kubernetes.io/cluster/my-cluster', value: 'owned', propagateAtLaunch: true }],
      });
    }],
    ['by a literal ARN', stack => new eks.CfnNodegroup(stack, 'Nodegroup', {
      clusterName: 'my-cluster', subnets: [], nodeRole: 'arn:aws:iam::111122223333:role/nodes',
    })],
    ['by an ARN of parts', (stack, role) => new eks.CfnNodegroup(stack, 'Nodegroup', {
      clusterName: 'my-cluster', subnets: [], nodeRole: Fn.sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Name}', { Name: role.ref }),
    })],
    ['by Fn::Sub', stack => new eks.CfnNodegroup(stack, 'Nodegroup', { clusterName: 'my-cluster', subnets: [], nodeRole: Fn.sub('${Role.Arn}') })],
    ['by Fn::Sub of its name', stack => new eks.CfnNodegroup(stack, 'Nodegroup', { clusterName: 'my-cluster', subnets: [], nodeRole: Fn.sub('arn:aws:iam::1:role/${Role}') })],
    ['by Fn::Select', (stack, role) => new eks.CfnNodegroup(stack, 'Nodegroup', {
      clusterName: 'my-cluster', subnets: [], nodeRole: Fn.select(1, [cfnRole(stack, {}, 'Other').attrArn, role.attrArn]),
    })],
    ['by Fn::Split', stack => new eks.CfnNodegroup(stack, 'Nodegroup', {
      clusterName: 'my-cluster', subnets: [], nodeRole: Fn.select(1, Fn.split(',', Fn.join(',', ['x', 'arn:aws:iam::111122223333:role/nodes']))),
    })],
  ])('%s', (_, use) => {
    expect(reported(stack => {
      cfnCniRole(stack);
      use(stack, cfnRole(stack, { ...WRONG_TRUST, roleName: 'nodes' }));
    }).filter(name => !name.endsWith('NodeAccessEntryMissing'))).toEqual(['error NodeRoleTrust']);
  });

  test('and not one of an instance profile of something else', () => {
    expect(reported(stack => {
      new iam.CfnInstanceProfile(stack, 'Profile', { roles: [cfnRole(stack, { ...WRONG_TRUST, managedPolicyArns: [] }).ref] });
    })).toEqual([]);
  });

  test('across stacks', () => {
    const app = new App();
    const role = cfnRole(new Stack(app, 'Roles'), WRONG_TRUST);
    const stack = new Stack(app, 'Nodes');
    cfnNodegroup(stack, role);
    cfnCniRole(stack);
    expect(names(app)).toEqual(['NodeRoleTrust']);
  });

  test('in a nested stack, and from one', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    cfnNodegroup(stack, cfnRole(new NestedStack(stack, 'Inner'), WRONG_TRUST));
    cfnNodegroup(new NestedStack(stack, 'Nodes'), cfnRole(stack, WRONG_TRUST));
    cfnCniRole(stack);
    expect(violationsIn(app).map(({ ruleName, violatingResources: [{ templatePath }] }) => [ruleName, /nested/.test(templatePath!)])).toEqual([
      ['NodeRoleTrust', true], ['NodeRoleTrust', false],
    ]);
  });

  test('in a stage, apart from one of that name in another', () => {
    const app = new App();
    for (const id of ['Test', 'Prod']) {
      const stack = new Stack(new Stage(app, id), 'Stack');
      new eks.CfnAccessEntry(stack, 'Entry', { clusterName: 'my-cluster', principalArn: 'arn:aws:iam::111122223333:role/nodes', type: 'EC2_LINUX' });
    }
    wrongTrust(new Stack(new Stage(app, 'Own'), 'Stack'));
    expect(names(app)).toEqual(['NodeRoleTrust']);
  });

  test('in the stage alone that the plugin is added to', () => {
    const app = new App();
    const other = new Stack(new Stage(app, 'Other'), 'Stack');
    wrongTrust(other);
    nodeRole(other, { vpcCni: undefined });
    const stage = new Stage(app, 'Checked');
    const stack = new Stack(stage, 'Stack');
    nodeRole(stack, { vpcCni: undefined });
    app.synth();
    const templatePaths = [join(stage.outdir, stack.templateFile)];
    const { violations } = new NodeRoleValidator().validate({ appConstruct: app, templatePaths } as any);
    expect(violations.map(violation => violation.ruleName)).toEqual(['NodeRoleVpcCniPermissions']);
  });
});

describe('what only the deployment knows is not guessed:', () => {
  const nodegroup = (stack: Stack, role: string) => new eks.CfnNodegroup(stack, 'Nodegroup', { clusterName: 'my-cluster', subnets: [], nodeRole: role });

  test.each<[string, (stack: Stack) => void]>([
    ['an imported role', stack => nodegroup(stack, 'arn:aws:iam::111122223333:role/eks/nodes')],
    ['a role by a parameter', stack => nodegroup(stack, new CfnParameter(stack, 'Role').valueAsString)],
    ['a role by the export of another app', stack => nodegroup(stack, Fn.importValue('Role'))],
    ['a role by what a condition gives', stack => nodegroup(stack, Fn.conditionIf('Condition', cfnRole(stack).attrArn, 'x').toString())],
    ['a role by a part of what only the deployment knows', stack => nodegroup(stack, Fn.select(1, Fn.split('|', new CfnParameter(stack, 'Roles').valueAsString)))],
    ['no role', stack => nodegroup(stack, Aws.NO_VALUE)],
    ['policies by a parameter', stack => {
      cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: new CfnParameter(stack, 'Policies', { type: 'CommaDelimitedList' }).valueAsList }));
    }],
    ['a policy of somebody else', stack => cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: ['arn:aws:iam::111122223333:policy/nodes'] }))],
    ['an AWS policy that is not known', stack => cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: [awsPolicy('ROSAWorkerInstancePolicy')] }))],
    ['a document by a parameter', stack => {
      const policyDocument = { Statement: [new CfnParameter(stack, 'Statement').valueAsString, allow([new CfnParameter(stack, 'Action').valueAsString])] };
      cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: [new iam.CfnManagedPolicy(stack, 'Policy', { policyDocument }).ref] }));
    }],
    ['a principal by the URL suffix', stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { assumeRolePolicyDocument: trust(`ec2.${Aws.URL_SUFFIX}`) }));
    }],
    ['a trust document that is not JSON', stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { assumeRolePolicyDocument: Fn.join('', ['{', Aws.REGION]) }));
    }],
    ['a path by a parameter', stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { path: new CfnParameter(stack, 'Path').valueAsString }), { clusterName: cfnCluster(stack).ref });
    }],
    ['a cluster that authenticates by a parameter', stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { path: '/eks/' }), { clusterName: cfnCluster(stack, new CfnParameter(stack, 'Mode').valueAsString).ref });
    }],
    ['the partition of a stack that is deployed anywhere', stack => {
      cfnCniRole(stack, { policies: [{ policyName: 'Ipv6', policyDocument: document(...guideIpv6Document('aws').Statement, allow(['ec2:Describe*'])) }] });
    }],
    ['the role of the VPC CNI plugin that another app makes', stack => {
      new eks.CfnAddon(stack, 'Addon', { clusterName: 'my-cluster', addonName: 'vpc-cni', serviceAccountRoleArn: 'arn:aws:iam::111122223333:role/cni' });
      cfnNodegroup(stack, cfnRole(stack));
    }],
    ['the operating system of an AMI of one\'s own', stack => {
      const role = cfnRole(stack);
      cfnCniRole(stack);
      cfnNodegroup(stack, role, { launchTemplate: { id: 'lt-1' } }, 'Own');
      cfnNodegroup(stack, role, { amiType: 'WINDOWS_CORE_2022_x86_64' }, 'Windows');
      cfnNodegroup(stack, role, { amiType: 'CUSTOM' }, 'Custom');
      cfnNodegroup(stack, role, { amiType: new CfnParameter(stack, 'AmiType').valueAsString }, 'Parameter');
    }],
    ['a role that Role.customizeRoles keeps out of the template', stack => {
      iam.Role.customizeRoles(stack, { preventSynthesis: true, usePrecreatedRoles: { 'Stack/NodeRole/Default': 'nodes' } });
      nodeRole(stack, { vpcCni: undefined });
    }],
  ])('%s', (_, build) => {
    expect(reported(build)).toEqual([]);
  });

  test('what an imported role is used for can be seen', () => {
    expect(reported(stack => {
      const roleArn = 'arn:aws:iam::111122223333:role/eks/nodes';
      const eksCluster = cfnCluster(stack, undefined, { roleArn });
      new eks.CfnNodegroup(stack, 'Nodegroup', { clusterName: eksCluster.ref, subnets: [], nodeRole: roleArn });
    })).toEqual(['error NodeRoleIsClusterRole', 'error NodeRolePath']);
  });
});

describe('in a region of another partition:', () => {
  test.each<[string, string[], (stack: Stack) => void, string]>([
    ['in aws-cn a node group needs the other principal too', ['error NodeRoleTrust'], stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack));
    }, 'cn-north-1'],
    ['in aws-cn the role of the library is right', [], stack => cfnNodegroup(stack, nodeRole(stack).role.node.defaultChild as iam.CfnRole), 'cn-north-1'],
    ['in aws-cn the URL suffix gives the other principal', [], stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { assumeRolePolicyDocument: trust(`ec2.${Aws.URL_SUFFIX}`) }));
    }, 'cn-north-1'],
    ['a partition with a suffix of its own', [], stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { assumeRolePolicyDocument: trust(`ec2.${Aws.URL_SUFFIX}`) }));
    }, 'eusc-de-east-1'],
  ])('%s', (_, expected, build, region) => {
    expect(reported(build, region)).toEqual(expected);
  });
});

describe('rules, more closely:', () => {
  test.each<[string, string[], (stack: Stack) => void]>([
    ['everyone is more than EC2', ['error NodeRoleTrust'], stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { assumeRolePolicyDocument: document({ Effect: 'Allow', Principal: '*', Action: 'sts:*' }) }));
    }],
    ['everyone but somebody is more than EC2', ['error NodeRoleTrust'], stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, {
        assumeRolePolicyDocument: document({ Effect: 'Allow', NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole' }),
      }));
    }],
    ['nobody is not EC2', ['error NodeRoleTrust'], stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { assumeRolePolicyDocument: document() }));
    }],
    ['what denies EC2 counts', ['error NodeRoleTrust'], stack => {
      cfnCniRole(stack);
      const denied = { Effect: 'Deny', Principal: { Service: ['ec2.amazonaws.com'] }, Action: 'sts:AssumeRole' };
      cfnNodegroup(stack, cfnRole(stack, { assumeRolePolicyDocument: document(...trust('ec2.amazonaws.com').Statement, denied) }));
    }],
    ['an assumer that only the deployment knows is another', ['error NodeRoleTrust'], stack => {
      cfnCniRole(stack);
      const other = { Effect: 'Allow', Principal: { AWS: new CfnParameter(stack, 'Other').valueAsString }, Action: 'sts:AssumeRole' };
      cfnNodegroup(stack, cfnRole(stack, { assumeRolePolicyDocument: document(...trust('ec2.amazonaws.com').Statement, other) }));
    }],
    ['nodes that are named after their instance id need less', ['warning NodeRoleWorkerPermissions'], stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: [awsPolicy('AmazonEKSWorkerNodeMinimalPolicy'), NODE_POLICIES[1]] }));
    }],
    ['the EKS Pod Identity agent needs its action', ['warning NodeRoleWorkerPermissions'], stack => {
      cfnCniRole(stack);
      const eksCluster = cfnCluster(stack);
      new eks.CfnAddon(stack, 'Agent', { clusterName: eksCluster.ref, addonName: 'eks-pod-identity-agent' });
      const policies = [{ policyName: 'nodes', policyDocument: document(allow(['ec2:DescribeInstances'])) }];
      cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: [NODE_POLICIES[1]], policies }), { clusterName: eksCluster.ref });
    }],
    ['in a cluster by its name too', ['warning NodeRoleWorkerPermissions'], stack => {
      cfnCniRole(stack);
      new eks.CfnAddon(stack, 'Agent', { clusterName: 'my-cluster', addonName: 'eks-pod-identity-agent' });
      cfnCluster(stack, undefined, { name: 'my-cluster' });
      const policies = [{ policyName: 'nodes', policyDocument: document(allow(['ec2:DescribeInstances'])) }];
      cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: [NODE_POLICIES[1]], policies }));
    }],
    ['in a cluster of somebody else too', ['warning NodeRoleWorkerPermissions'], stack => {
      cfnCniRole(stack);
      new eks.CfnAddon(stack, 'Agent', { clusterName: 'my-cluster', addonName: 'eks-pod-identity-agent' });
      const policies = [{ policyName: 'nodes', policyDocument: document(allow(['ec2:DescribeInstances'])) }];
      cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: [NODE_POLICIES[1]], policies }));
    }],
    ['nodes of EKS Auto Mode describe nothing', [], stack => {
      const role = cfnRole(stack, { managedPolicyArns: [awsPolicy('AmazonEKSWorkerNodeMinimalPolicy'), awsPolicy('AmazonEC2ContainerRegistryPullOnly')] });
      cfnCluster(stack, 'API', { computeConfig: { enabled: true, nodeRoleArn: role.attrArn } });
    }],
    ['nodes of EKS Auto Mode need the action of the agent', ['error NodeRoleWorkerPermissions'], stack => {
      const role = cfnRole(stack, { managedPolicyArns: [awsPolicy('AmazonEC2ContainerRegistryPullOnly')] });
      cfnCluster(stack, 'API', { computeConfig: { enabled: true, nodeRoleArn: role.attrArn } });
    }],
    ['hybrid nodes are no EC2 nodes', [], stack => {
      const role = cfnRole(stack, { assumeRolePolicyDocument: trust('ssm.amazonaws.com'), managedPolicyArns: [awsPolicy('AmazonEC2ContainerRegistryPullOnly')] });
      new eks.CfnAccessEntry(stack, 'Entry', { clusterName: 'my-cluster', principalArn: role.attrArn, type: 'HYBRID_LINUX' });
    }],
    ['what is denied is not given', ['error NodeRoleRegistryPermissions'], stack => {
      cfnCniRole(stack);
      const policies = [{ policyName: 'deny', policyDocument: document({ Effect: 'Deny', NotAction: ['ec2:*', 'eks-auth:*'], Resource: '*' }) }];
      cfnNodegroup(stack, cfnRole(stack, { policies }));
    }],
    ['Windows nodes have no VPC CNI plugin of their own', [], stack => cfnNodegroup(stack, cfnRole(stack), { amiType: 'WINDOWS_CORE_2022_x86_64' })],
    ['permissions for the other IP family do not suffice', ['warning NodeRoleVpcCniPermissions'], stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack), { clusterName: cfnCluster(stack, undefined, { kubernetesNetworkConfig: { ipFamily: 'ipv6' } }).ref });
    }],
    ['permissions for the IP family suffice', [], stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack), { clusterName: cfnCluster(stack).ref });
    }],
    ['the add-on may give the plugin a role by EKS Pod Identity', [], stack => {
      const cniRole = cfnCniRole(stack, { assumeRolePolicyDocument: trust('pods.eks.amazonaws.com') });
      new eks.CfnAddon(stack, 'Addon', {
        clusterName: 'my-cluster', addonName: 'vpc-cni', podIdentityAssociations: [{ serviceAccount: 'aws-node', roleArn: cniRole.attrArn }],
      });
      cfnNodegroup(stack, cfnRole(stack));
    }],
    ['an association of another service account is none of the plugin', ['warning NodeRoleVpcCniPermissions'], stack => {
      const other = cfnCniRole(stack, { assumeRolePolicyDocument: trust('pods.eks.amazonaws.com') });
      new eks.CfnPodIdentityAssociation(stack, 'Association', { clusterName: 'c', namespace: 'default', serviceAccount: 'other', roleArn: other.attrArn });
      cfnNodegroup(stack, cfnRole(stack));
    }],
    ['a role for the plugin is told by its trust by EKS Pod Identity', [], stack => {
      const tags = { 'aws:RequestTag/kubernetes-namespace': 'kube-system', 'aws:RequestTag/kubernetes-service-account': 'aws-node' };
      const assumeRolePolicyDocument = document({
        Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: { StringEquals: tags },
      });
      cfnCniRole(stack, { assumeRolePolicyDocument });
      cfnNodegroup(stack, cfnRole(stack));
    }],
    ['a role for the plugin is told by a condition that a custom resource makes', [], stack => {
      const eksCluster = clusterV1(stack);
      const account = eksCluster.addServiceAccount('aws-node', { name: 'aws-node', namespace: 'kube-system' });
      account.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKS_CNI_Policy'));
      eksCluster.addNodegroupCapacity('Nodes', { nodeRole: iam.Role.fromRoleName(stack, 'Role', 'nodes') });
    }],
    ['a local cluster on an Outpost has it on the node role', [], stack => {
      const outpostConfig = { outpostArns: ['arn'], controlPlaneInstanceType: 'm5.large' };
      const role = cfnRole(stack, { managedPolicyArns: [...NODE_POLICIES, awsPolicy('AmazonEKS_CNI_Policy')] });
      new eks.CfnAccessEntry(stack, 'Entry', { clusterName: cfnCluster(stack, 'API', { outpostConfig }).ref, principalArn: role.attrArn, type: 'EC2_LINUX' });
    }],
    ['all but a few actions are too many', ['error NodeRoleOverPrivileged'], stack => {
      cfnCniRole(stack);
      const policies = [{ policyName: 'wide', policyDocument: document({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }) }];
      cfnNodegroup(stack, cfnRole(stack, { policies }));
    }],
    ['a stale IPv6 policy is stale beside others too', ['warning NodeRoleVpcCniOnNode', 'error CniIpv6PolicyStale'], stack => {
      const ipv6 = new iam.CfnManagedPolicy(stack, 'Ipv6', { policyDocument: guideIpv6Document(), managedPolicyName: 'AmazonEKS_CNI_IPv6_Policy' });
      const role = cfnRole(stack, { managedPolicyArns: [...NODE_POLICIES, 'arn:aws:iam::111122223333:policy/AmazonEKS_CNI_IPv6_Policy'] });
      role.addDependency(ipv6);
      cfnNodegroup(stack, role);
    }],
    ['a policy that a managed policy attaches by itself counts', ['warning NodeRolePolicyOrdering'], stack => {
      const role = cfnRole(stack, { managedPolicyArns: [NODE_POLICIES[0]] });
      cfnCniRole(stack);
      new iam.CfnManagedPolicy(stack, 'Pull', { roles: [role.ref], policyDocument: document(allow(['ecr:*'])) });
      cfnNodegroup(stack, role);
    }],
    ['a policy resource of one role counts', [], stack => {
      const role = cfnRole(stack, { managedPolicyArns: [NODE_POLICIES[0]] });
      cfnCniRole(stack);
      const policy = new iam.CfnRolePolicy(stack, 'Pull', { roleName: role.ref, policyName: 'pull', policyDocument: document(allow(['ecr:*'])) });
      cfnNodegroup(stack, role).addDependency(policy);
    }],
    ['a path is a warning where both modes are on', ['warning NodeRolePath'], stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { path: '/eks/' }), { clusterName: cfnCluster(stack, 'API_AND_CONFIG_MAP').ref });
    }],
  ])('%s', (_, expected, build) => {
    expect(reported(build)).toEqual(expected);
  });
});

describe('the order of policies and nodes', () => {
  const ordering = (app: App) => names(app).filter(name => name === 'NodeRolePolicyOrdering').length;
  const policyFor = (stack: Stack, role: iam.CfnRole) =>
    new iam.CfnPolicy(stack, 'Policy', { policyName: 'more', roles: [role.ref], policyDocument: document(allow(['s3:GetObject'])) });

  test('of another stack: nodes wait if their stack does', () => {
    const build = (dependent: boolean) => {
      const app = new App();
      const roles = new Stack(app, 'Roles');
      const role = cfnRole(roles);
      const policies = new Stack(app, 'Policies');
      policyFor(policies, role);
      const nodes = new Stack(app, 'Nodes');
      cfnNodegroup(nodes, role);
      if (dependent) { nodes.addDependency(policies); }
      return ordering(app);
    };
    expect([build(false), build(true)]).toEqual([1, 0]);
  });

  test('of a nested stack: nodes wait if they wait for the nested stack', () => {
    const build = (dependent: boolean) => {
      const app = new App();
      const stack = new Stack(app, 'Stack');
      const role = cfnRole(stack);
      const inner = new NestedStack(stack, 'Inner');
      policyFor(inner, role);
      const nodegroup = cfnNodegroup(stack, role);
      if (dependent) { nodegroup.addDependency(inner.nestedStackResource!); }
      return ordering(app);
    };
    expect([build(false), build(true)]).toEqual([1, 0]);
  });

  test.each<[string, (policy: iam.CfnPolicy) => string]>([
    ['Ref', policy => policy.ref],
    ['Fn::GetAtt', policy => policy.getAtt('Id').toString()],
    ['Fn::Sub', policy => Fn.sub(`\${${policy.stack.resolve(policy.logicalId)}}-x`)],
    ['Fn::Sub with variables', policy => Fn.sub('${X}', { X: policy.ref })],
  ])('nodes wait by %s', (_, reference) => {
    const app = appOf(stack => {
      const role = cfnRole(stack);
      const policy = policyFor(stack, role);
      cfnNodegroup(stack, role, { nodegroupName: reference(policy) });
    });
    expect(ordering(app)).toBe(0);
  });

  test('an auto scaling group launches nodes too', () => {
    const app = appOf(stack => {
      const role = nodeRole(stack);
      role.role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
      new ec2.Instance(stack, 'Node', {
        vpc: vpc(stack), role: role.role, instanceType: new ec2.InstanceType('m7g.large'), machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-1' }),
      });
    });
    expect(names(app)).toEqual([]); // The CDK makes an instance wait for its role's policies.
  });
});
