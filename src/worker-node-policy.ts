import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  allow, NODE_BOOTSTRAP, NODE_NAME, Permissions, POD_IDENTITY_AGENT, WORKER_NODE_MINIMAL_POLICY, WORKER_NODE_POLICY,
} from './private/permissions';
import { checkNotEmpty } from './private/validation';

/**
 * Options of `WorkerNodePolicy.leastPrivilege`.
 */
export interface LeastPrivilegeWorkerNodeOptions {
  /**
   * Whether the EKS Pod Identity agent runs on the nodes (`eks-auth:AssumeRoleForPodIdentity`).
   *
   * @default true
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
   */
  readonly podIdentityAgent?: boolean;

  /**
   * Whether nodes are named after their instance id (nodeadm's feature gate `InstanceIdNodeName`), which saves
   * `ec2:DescribeInstances`.
   *
   * @default false
   * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/
   */
  readonly instanceIdNodeName?: boolean;
}

/**
 * Options of `WorkerNodePolicy.custom`. One of `managedPolicies` and `statements` has a member, else it is an error.
 */
export interface CustomWorkerNodeOptions {
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

  /**
   * Whether the EKS Pod Identity agent runs on the nodes: adds `eks-auth:AssumeRoleForPodIdentity`, as the guide asks for
   * roles without `AmazonEKSWorkerNodePolicy`.
   *
   * @default true
   * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
   */
  readonly podIdentityAgent?: boolean;
}

/**
 * What lets a node start and describe its surroundings.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
 */
export class WorkerNodePolicy {
  /**
   * The AWS managed policy `AmazonEKSWorkerNodePolicy`, as in the guide.
   */
  public static awsManaged(): WorkerNodePolicy {
    return WorkerNodePolicy.ofAws(WORKER_NODE_POLICY);
  }

  /**
   * The AWS managed policy `AmazonEKSWorkerNodeMinimalPolicy`: EKS Pod Identity alone, for nodes that describe nothing.
   *
   * Nodes of the EKS optimized AMIs need `ec2:DescribeInstances` beside it, unless they are named after their instance id
   * (nodeadm's feature gate `InstanceIdNodeName`).
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html
   */
  public static awsManagedMinimal(): WorkerNodePolicy {
    return WorkerNodePolicy.ofAws(WORKER_NODE_MINIMAL_POLICY);
  }

  /**
   * Statements of one's own with what the software of today's nodes (Amazon Linux 2023, Bottlerocket) calls.
   */
  public static leastPrivilege(options: LeastPrivilegeWorkerNodeOptions = {}): WorkerNodePolicy {
    return new WorkerNodePolicy(() => ({
      managedPolicies: [],
      statements: [allow([
        ...(options.instanceIdNodeName ? [] : NODE_NAME),
        ...NODE_BOOTSTRAP,
        ...(options.podIdentityAgent ?? true ? POD_IDENTITY_AGENT : []),
      ])],
    }));
  }

  /**
   * Managed policies and statements of your choice, in place of `AmazonEKSWorkerNodePolicy`.
   */
  public static custom(options: CustomWorkerNodeOptions): WorkerNodePolicy {
    return new WorkerNodePolicy(scope => {
      const { managedPolicies = [], statements = [] } = options;
      checkNotEmpty(scope.node.path, 'workerNodePolicy', { managedPolicies, statements });
      return { managedPolicies, statements: options.podIdentityAgent ?? true ? [...statements, allow(POD_IDENTITY_AGENT)] : statements };
    });
  }

  private static ofAws(managedPolicyName: string): WorkerNodePolicy {
    return new WorkerNodePolicy(() => ({ managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(managedPolicyName)], statements: [] }));
  }

  private constructor(private readonly render: (scope: Construct) => Permissions) {}

  /** @internal */
  public _bind(scope: Construct): Permissions {
    return this.render(scope);
  }
}
