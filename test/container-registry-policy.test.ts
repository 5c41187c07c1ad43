import { Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import { awsManagedPolicyArn, newStack, onlyPolicyStatements, onlyRole, resourcesOf } from './helpers';
import { ContainerRegistryPolicy, EksNodeRole, WorkerNodePolicy } from 'cdk-eks-node-role';

const WORKER_NODE = awsManagedPolicyArn('AmazonEKSWorkerNodePolicy');
const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const IMPORT = ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'];
const OTHER_ACCOUNTS = { StringNotEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } };

function stackWith(containerRegistryPolicy: ContainerRegistryPolicy, stack: Stack = newStack()) {
  new EksNodeRole(stack, 'NodeRole', { workerNodePolicy: WorkerNodePolicy.awsManaged(), containerRegistryPolicy });
  return stack;
}

test.each([
  ['readOnly', ContainerRegistryPolicy.readOnly(), 'AmazonEC2ContainerRegistryReadOnly'],
  ['pullOnly', ContainerRegistryPolicy.pullOnly(), 'AmazonEC2ContainerRegistryPullOnly'],
])('%s attaches one AWS managed policy and makes none', (_, containerRegistryPolicy, name) => {
  const stack = stackWith(containerRegistryPolicy);
  expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, awsManagedPolicyArn(name)]);
  expect(Object.keys(resourcesOf(stack))).toHaveLength(1);
});

test('none attaches nothing', () => {
  const stack = stackWith(ContainerRegistryPolicy.none());
  expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE]);
  expect(Object.keys(resourcesOf(stack))).toHaveLength(1);
});

describe('leastPrivilege', () => {
  test('grants pulling from all repositories, and no more', () => {
    expect(onlyPolicyStatements(stackWith(ContainerRegistryPolicy.leastPrivilege()))).toEqual([
      { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken', ...PULL], Resource: '*' },
    ]);
  });

  test('grants the first pull through a cache in the own account', () => {
    expect(onlyPolicyStatements(stackWith(ContainerRegistryPolicy.leastPrivilege({ pullThroughCache: true })))).toEqual([
      { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken', ...PULL], Resource: '*' },
      {
        Effect: 'Allow',
        Action: IMPORT,
        Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:*:', { Ref: 'AWS::AccountId' }, ':repository/*']] },
      },
    ]);
  });

  test('grants, of the own account, the given repositories only; other accounts decide for themselves', () => {
    const stack = newStack();
    const repositories = [new ecr.Repository(stack, 'L2'), new ecr.CfnRepository(stack, 'L1'), ecr.Repository.fromRepositoryName(stack, 'Import', 'imported')];
    stackWith(ContainerRegistryPolicy.leastPrivilege({ repositories }), stack);
    expect(onlyPolicyStatements(stack)).toEqual([
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      { Effect: 'Allow', Action: PULL, Resource: repositories.map(repository => stack.resolve(repository.repositoryRef.repositoryArn)) },
      { Effect: 'Allow', Action: PULL, Resource: '*', Condition: OTHER_ACCOUNTS },
    ]);
  });

  test('grants the first pull through a cache into the given repositories only', () => {
    const stack = newStack();
    const repositories = [ecr.Repository.fromRepositoryArn(stack, 'Cache', 'arn:aws:ecr:us-east-1:111122223333:repository/docker-hub/*')];
    stackWith(ContainerRegistryPolicy.leastPrivilege({ repositories, pullThroughCache: true }), stack);
    expect(onlyPolicyStatements(stack)).toEqual([
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      { Effect: 'Allow', Action: [...PULL, ...IMPORT], Resource: 'arn:aws:ecr:us-east-1:111122223333:repository/docker-hub/*' },
      { Effect: 'Allow', Action: PULL, Resource: '*', Condition: OTHER_ACCOUNTS },
    ]);
  });

  test('names the account of the stack where it is known', () => {
    const stack = newStack('us-east-1');
    stackWith(ContainerRegistryPolicy.leastPrivilege({ repositories: [new ecr.Repository(stack, 'Repository')] }), stack);
    expect(onlyPolicyStatements(stack)[2].Condition).toEqual({ StringNotEquals: { 'aws:ResourceAccount': '111122223333' } });
  });

  test('attaches no AWS managed policy', () => {
    expect(onlyRole(stackWith(ContainerRegistryPolicy.leastPrivilege())).ManagedPolicyArns).toEqual([WORKER_NODE, { Ref: 'NodeRoleNodePolicyFE3091D0' }]);
  });
});

describe('custom', () => {
  test('attaches the given policies, and no other', () => {
    const stack = newStack();
    const mine = iam.ManagedPolicy.fromManagedPolicyName(stack, 'Mine', 'mine');
    stackWith(ContainerRegistryPolicy.custom({ managedPolicies: [mine] }), stack);
    expect(onlyRole(stack).ManagedPolicyArns).toEqual([WORKER_NODE, {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':policy/mine']],
    }]);
  });

  test('grants the given statements, and no other', () => {
    const statements = [new iam.PolicyStatement({ actions: ['ecr:BatchGetImage'], resources: ['*'] })];
    expect(onlyPolicyStatements(stackWith(ContainerRegistryPolicy.custom({ statements })))).toEqual([
      { Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: '*' },
    ]);
  });
});
