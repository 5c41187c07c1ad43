import * as iam from 'aws-cdk-lib/aws-iam';
import { awsManagedPolicyArn, newStack, onlyPolicyStatements, onlyRole, resourcesOf } from './helpers';
import { ContainerRegistryPolicy, CustomWorkerNodeOptions, EksNodeRole, LeastPrivilegeWorkerNodeOptions, WorkerNodePolicy } from 'cdk-eks-node-role';

const POD_IDENTITY = { Effect: 'Allow', Action: 'eks-auth:AssumeRoleForPodIdentity', Resource: '*' };

function stackWith(workerNodePolicy: WorkerNodePolicy) {
  const stack = newStack();
  new EksNodeRole(stack, 'NodeRole', { workerNodePolicy, containerRegistryPolicy: ContainerRegistryPolicy.none() });
  return stack;
}

test.each([
  ['awsManaged', WorkerNodePolicy.awsManaged(), 'AmazonEKSWorkerNodePolicy'],
  ['awsManagedMinimal', WorkerNodePolicy.awsManagedMinimal(), 'AmazonEKSWorkerNodeMinimalPolicy'],
])('%s attaches one AWS managed policy and makes none', (_, workerNodePolicy, name) => {
  const stack = stackWith(workerNodePolicy);
  expect(onlyRole(stack).ManagedPolicyArns).toEqual([awsManagedPolicyArn(name)]);
  expect(Object.keys(resourcesOf(stack))).toHaveLength(1);
});

describe('leastPrivilege', () => {
  test.each<[string, LeastPrivilegeWorkerNodeOptions | undefined, string[]]>([
    ['what node software calls', undefined,
      ['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'eks:DescribeCluster', 'eks-auth:AssumeRoleForPodIdentity']],
    ['no Pod Identity without its agent', { podIdentityAgent: false },
      ['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'eks:DescribeCluster']],
    ['no ec2:DescribeInstances for nodes named after their instance id', { instanceIdNodeName: true },
      ['ec2:DescribeInstanceTypes', 'eks:DescribeCluster', 'eks-auth:AssumeRoleForPodIdentity']],
    ['neither', { instanceIdNodeName: true, podIdentityAgent: false },
      ['ec2:DescribeInstanceTypes', 'eks:DescribeCluster']],
  ])('grants %s', (_, options, actions) => {
    const stack = stackWith(WorkerNodePolicy.leastPrivilege(options));
    expect(onlyPolicyStatements(stack)).toEqual([{ Effect: 'Allow', Action: actions, Resource: '*' }]);
    expect(onlyRole(stack).ManagedPolicyArns).toHaveLength(1);
  });
});

describe('custom', () => {
  const managedPolicies = [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSClusterPolicy')];
  const statement = () => new iam.PolicyStatement({ actions: ['ec2:DescribeInstances'], resources: ['*'] });
  const STATEMENT = { Effect: 'Allow', Action: 'ec2:DescribeInstances', Resource: '*' };

  test('keeps Pod Identity beside managed policies', () => {
    const stack = stackWith(WorkerNodePolicy.custom({ managedPolicies }));
    expect(onlyRole(stack).ManagedPolicyArns[0]).toEqual(awsManagedPolicyArn('AmazonEKSClusterPolicy'));
    expect(onlyPolicyStatements(stack)).toEqual([POD_IDENTITY]);
  });

  test('keeps Pod Identity beside statements', () => {
    const stack = stackWith(WorkerNodePolicy.custom({ statements: [statement()] }));
    expect(onlyPolicyStatements(stack)).toEqual([STATEMENT, POD_IDENTITY]);
  });

  test.each<[string, () => CustomWorkerNodeOptions, unknown[]]>([
    ['managed policies', () => ({ managedPolicies }), []],
    ['statements', () => ({ statements: [statement()] }), [STATEMENT]],
  ])('drops Pod Identity beside %s where it is declined', (_, options, statements) => {
    const resources = Object.values(resourcesOf(stackWith(WorkerNodePolicy.custom({ ...options(), podIdentityAgent: false }))));
    expect(resources.filter(resource => resource.Type === 'AWS::IAM::ManagedPolicy').flatMap(policy => policy.Properties.PolicyDocument.Statement))
      .toEqual(statements);
  });

  test('does not attach AmazonEKSWorkerNodePolicy', () => {
    expect(JSON.stringify(resourcesOf(stackWith(WorkerNodePolicy.custom({ managedPolicies }))))).not.toContain('WorkerNode');
  });
});
