import { Annotations, type Duration, ResourceEnvironment, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ContainerRegistryPolicy } from './container-registry-policy';
import { AttachedPolicies } from './private/attached-policies';
import { checkNamesOther, NodePolicy } from './private/node-policy';
import { ec2Principal, SSM_MANAGED_INSTANCE_CORE_POLICY } from './private/permissions';
import { checkRoleProps } from './private/role-props';
import { VpcCniPermissions } from './vpc-cni-permissions';
import { WorkerNodePolicy } from './worker-node-policy';

const EKS_NODE_ROLE_SYMBOL = Symbol.for('cdk-eks-node-role.EksNodeRole');

/**
 * Properties of `EksNodeRole`.
 */
export interface EksNodeRoleProps {
  /**
   * What lets nodes start and describe their surroundings.
   *
   * @default WorkerNodePolicy.awsManaged()
   */
  readonly workerNodePolicy?: WorkerNodePolicy;

  /**
   * What lets nodes pull images from Amazon ECR.
   *
   * @default ContainerRegistryPolicy.readOnly()
   */
  readonly containerRegistryPolicy?: ContainerRegistryPolicy;

  /**
   * Where the Amazon VPC CNI plugin gets its permissions.
   *
   * @default - nothing for the plugin, and the warning `cdk-eks-node-role:vpcCniNotChosen`
   */
  readonly vpcCni?: VpcCniPermissions;

  /**
   * Whether Session Manager may open sessions on the nodes: attaches `AmazonSSMManagedInstanceCore`.
   *
   * @default false
   * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html
   */
  readonly ssmSessionPermissions?: boolean;

  /**
   * More managed policies. A role takes 25 at most, all of them counted; a warning begins at 11.
   *
   * @default - none
   */
  readonly additionalManagedPolicies?: iam.IManagedPolicy[];

  /**
   * More statements, for the one customer managed policy that the role refers to.
   *
   * @default - none
   */
  readonly additionalStatements?: iam.PolicyStatement[];

  /**
   * Name of the role, 1 to 64 letters, digits or `_+=,.@-`.
   *
   * @default - named by CloudFormation
   */
  readonly roleName?: string;

  /**
   * Description of the role, at most 1,000 characters of Latin-1.
   *
   * @default 'Amazon EKS - Node role'
   */
  readonly description?: string;

  /**
   * Path of the role, begins and ends with `/`. Clusters that authenticate nodes by the `aws-auth` config map can't use a
   * role with another path than `/`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * The managed policy that bounds what the role may be permitted.
   *
   * @default - no boundary
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

  /**
   * The longest session of the role, 1 to 12 hours. Sessions of instances do not depend on it.
   *
   * @default Duration.hours(1)
   */
  readonly maxSessionDuration?: Duration;
}

/**
 * The IAM role of the EC2 nodes of an Amazon EKS cluster: managed node groups, self-managed nodes, Karpenter.
 *
 * The role is the child `Default`, so its logical id is that of an `iam.Role` with the same id. It refers to all policies that
 * the library gives it, so they exist whenever the role does. Grants of the CDK (`bucket.grantRead(nodeRole)`) make the
 * role's default policy, as on any role: `nodegroup.node.addDependency(nodeRole)` makes nodes wait for that one too.
 *
 * What IAM does not accept, or a choice can't use, is an error at construction.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
 */
export class EksNodeRole extends Construct implements iam.IGrantable, iam.IRoleRef {
  /**
   * Whether an object is an `EksNodeRole`, from whichever copy of this package.
   */
  public static isEksNodeRole(x: any): x is EksNodeRole {
    return x !== null && typeof x === 'object' && EKS_NODE_ROLE_SYMBOL in x;
  }

  /**
   * The role itself, for everything that takes an `iam.IRole`.
   */
  public readonly role: iam.Role;

  /**
   * The principal of the role: grants behave as on any role of the CDK.
   */
  public readonly grantPrincipal: iam.IPrincipal;

  /**
   * The IPv6 policy of the Amazon VPC CNI plugin, where one is in use.
   */
  public readonly cniIpv6Policy?: iam.IManagedPolicy;

  private readonly attached = new AttachedPolicies(this);
  private nodePolicy?: NodePolicy;

  constructor(scope: Construct, id: string, props: EksNodeRoleProps = {}) {
    super(scope, id);
    Object.defineProperty(this, EKS_NODE_ROLE_SYMBOL, { value: true });
    checkRoleProps(this.node.path, props);

    const worker = (props.workerNodePolicy ?? WorkerNodePolicy.awsManaged())._bind(this);
    const registry = (props.containerRegistryPolicy ?? ContainerRegistryPolicy.readOnly())._bind(this);
    const vpcCni = props.vpcCni?._bind(this);
    const statements = [...worker.statements, ...registry.statements, ...props.additionalStatements ?? []];
    const managedPolicies = this.attached.add([
      ...worker.managedPolicies,
      ...registry.managedPolicies,
      ...vpcCni?.managedPolicies ?? [],
      ...props.ssmSessionPermissions ? [iam.ManagedPolicy.fromAwsManagedPolicyName(SSM_MANAGED_INSTANCE_CORE_POLICY)] : [],
      ...props.additionalManagedPolicies ?? [],
    ], statements.length > 0 ? 1 : 0);
    if (statements.length > 0) { managedPolicies.push(this.makeNodePolicy(statements)); }

    const durationIsToken = props.maxSessionDuration?.isUnresolved();
    this.cniIpv6Policy = vpcCni?.cniIpv6Policy;
    this.role = new iam.Role(this, 'Default', {
      assumedBy: ec2Principal(Stack.of(this)),
      managedPolicies,
      description: props.description ?? 'Amazon EKS - Node role',
      roleName: props.roleName,
      path: props.path,
      permissionsBoundary: props.permissionsBoundary,
      // iam.Role refuses a token here, its resource takes one.
      maxSessionDuration: durationIsToken ? undefined : props.maxSessionDuration,
    });
    const cfnRole = this.role.node.defaultChild as iam.CfnRole | undefined;
    if (durationIsToken && cfnRole) { cfnRole.maxSessionDuration = props.maxSessionDuration?.toSeconds(); }
    this.grantPrincipal = this.role.grantPrincipal;

    if (props.vpcCni === undefined) {
      Annotations.of(this).addWarningV2('cdk-eks-node-role:vpcCniNotChosen',
        'nodes stay NotReady until the Amazon VPC CNI plugin has its permissions. Set vpcCni to VpcCniPermissions.onNodeRole(), ' +
        'or to VpcCniPermissions.grantedElsewhere() where a role of its own has them');
    }
    this.node.addValidation({ validate: () => this.attached.problemsOf(this.role) });
  }

  /**
   * ARN of the role.
   */
  public get roleArn(): string {
    return this.role.roleArn;
  }

  /**
   * Name of the role.
   */
  public get roleName(): string {
    return this.role.roleName;
  }

  /**
   * A reference to the role, so that L1 constructs such as `eks.CfnNodegroup` take the construct itself.
   */
  public get roleRef(): iam.RoleReference {
    return this.role.roleRef;
  }

  /**
   * The account and region of the role.
   */
  public get env(): ResourceEnvironment {
    return this.role.env;
  }

  /**
   * Attaches a managed policy; one that is attached already is not attached again.
   *
   * Throws if the role would have more than 25.
   *
   * @param policy a policy of AWS or of your own
   */
  public addManagedPolicy(policy: iam.IManagedPolicy): void {
    this.attached.add([policy]).forEach(added => this.role.addManagedPolicy(added));
  }

  /**
   * Adds a statement to the one customer managed policy that the role refers to, so that it is in force before the first node starts.
   *
   * Throws if the statement names the role itself; at synthesis, if the policy has more than 6,144 characters. A statement on a
   * resource whose own policy names the role, such as a key, closes a cycle that CloudFormation refuses: grant there instead.
   *
   * @param statement the statement to add
   */
  public addToRolePolicy(statement: iam.PolicyStatement): void {
    checkNamesOther(this.role, this.node.path, statement);
    if (this.nodePolicy) {
      this.nodePolicy.addStatements(statement);
    } else {
      this.attached.add([], 1);
      this.role.addManagedPolicy(this.makeNodePolicy([statement]));
    }
  }

  private makeNodePolicy(statements: iam.PolicyStatement[]): iam.IManagedPolicy {
    this.nodePolicy = new NodePolicy(this, statements);
    this.attached.add([this.nodePolicy]);
    return this.nodePolicy;
  }
}
