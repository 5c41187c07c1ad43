import { Stack } from 'aws-cdk-lib';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  allow, CONTAINER_REGISTRY_PULL_ONLY_POLICY, CONTAINER_REGISTRY_READ_ONLY_POLICY, IMAGE_IMPORT, IMAGE_PULL,
  inOtherAccounts, Permissions, REGISTRY_SIGN_IN,
} from './private/permissions';
import { checkNotEmpty, invalid } from './private/validation';

/**
 * Options of `ContainerRegistryPolicy.leastPrivilege`.
 */
export interface LeastPrivilegeContainerRegistryOptions {
  /**
   * The repositories from which nodes may pull. Repositories of other accounts, such as those of AWS's add-ons, are not
   * restricted by this list: their own policies decide. An empty list is an error.
   *
   * @default - all repositories
   */
  readonly repositories?: ecr.IRepositoryRef[];

  /**
   * Whether nodes may be the first to pull an image through a pull through cache, which imports the image and makes its
   * repository: one of `repositories` where they are given, else any of the stack's account.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
   */
  readonly pullThroughCache?: boolean;
}

/**
 * Options of `ContainerRegistryPolicy.custom`. One of the two lists has a member, else it is an error.
 */
export interface CustomContainerRegistryOptions {
  /**
   * Managed policies for the node role.
   *
   * @default - none
   */
  readonly managedPolicies?: iam.IManagedPolicy[];

  /**
   * Statements for the one customer managed policy that the node role refers to.
   *
   * @default - none
   */
  readonly statements?: iam.PolicyStatement[];
}

/**
 * What lets a node pull images from Amazon ECR, the images of the built-in add-ons among them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
 */
export class ContainerRegistryPolicy {
  /**
   * The AWS managed policy `AmazonEC2ContainerRegistryReadOnly`: pulling, and reading what there is in the registry.
   */
  public static readOnly(): ContainerRegistryPolicy {
    return ContainerRegistryPolicy.ofAws(CONTAINER_REGISTRY_READ_ONLY_POLICY);
  }

  /**
   * The AWS managed policy `AmazonEC2ContainerRegistryPullOnly`, which newer editions of the guide recommend: pulling, also
   * through a pull through cache whose repository exists.
   *
   * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerRegistryPullOnly.html
   */
  public static pullOnly(): ContainerRegistryPolicy {
    return ContainerRegistryPolicy.ofAws(CONTAINER_REGISTRY_PULL_ONLY_POLICY);
  }

  /**
   * Statements of one's own with what pulling an image calls.
   */
  public static leastPrivilege(options: LeastPrivilegeContainerRegistryOptions = {}): ContainerRegistryPolicy {
    return new ContainerRegistryPolicy(scope => ({
      managedPolicies: [],
      statements: options.repositories ? pullFrom(scope, options.repositories, options) : pullFromAll(scope, options),
    }));
  }

  /**
   * Managed policies and statements of your choice.
   */
  public static custom(options: CustomContainerRegistryOptions): ContainerRegistryPolicy {
    return new ContainerRegistryPolicy(scope => {
      const { managedPolicies = [], statements = [] } = options;
      checkNotEmpty(scope.node.path, 'containerRegistryPolicy', { managedPolicies, statements });
      return { managedPolicies, statements };
    });
  }

  /**
   * Nothing: for nodes that pull from other registries only, the images of the built-in add-ons included.
   */
  public static none(): ContainerRegistryPolicy {
    return new ContainerRegistryPolicy(() => ({ managedPolicies: [], statements: [] }));
  }

  private static ofAws(managedPolicyName: string): ContainerRegistryPolicy {
    return new ContainerRegistryPolicy(() => ({ managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(managedPolicyName)], statements: [] }));
  }

  private constructor(private readonly render: (scope: Construct) => Permissions) {}

  /** @internal */
  public _bind(scope: Construct): Permissions {
    return this.render(scope);
  }
}

function pullFromAll(scope: Construct, options: LeastPrivilegeContainerRegistryOptions): iam.PolicyStatement[] {
  const ownRepositories = Stack.of(scope).formatArn({ service: 'ecr', region: '*', resource: 'repository', resourceName: '*' });
  return [
    allow([...REGISTRY_SIGN_IN, ...IMAGE_PULL]),
    ...(options.pullThroughCache ? [allow(IMAGE_IMPORT, { resources: [ownRepositories] })] : []),
  ];
}

function pullFrom(scope: Construct, repositories: ecr.IRepositoryRef[], options: LeastPrivilegeContainerRegistryOptions): iam.PolicyStatement[] {
  if (repositories.length === 0) {
    throw invalid(scope.node.path, {
      prop: 'repositories',
      value: [],
      reason: 'nodes have to pull images from somewhere',
      remedy: 'Name at least one repository, or leave repositories out for all of them',
    });
  }
  return [
    allow(REGISTRY_SIGN_IN),
    allow([...IMAGE_PULL, ...(options.pullThroughCache ? IMAGE_IMPORT : [])], {
      resources: repositories.map(repository => repository.repositoryRef.repositoryArn),
    }),
    allow(IMAGE_PULL, { conditions: inOtherAccounts(Stack.of(scope)) }),
  ];
}
