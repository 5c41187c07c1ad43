import { Annotations, type Duration, Stack } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ContainerRegistryPolicy } from './container-registry-policy';
import { accessEntryOf, NodeAccessEntry, NodeAccessEntryType } from './node-access-entry';
import { makeInstanceProfile, NodeInstanceProfileOptions } from './node-instance-profile';
import { NodeClusterAccessOptions, NodeOperatingSystem } from './node-operating-system';
import { allOrNothing } from './private/all-or-nothing';
import { keepCniPolicyOff } from './private/managed-policy-arns';
import { SSM_MANAGED_INSTANCE_CORE_POLICY } from './private/permissions';
import { ec2Principal, grantPassRoleToEc2 } from './private/principals';
import { RoleConstruct } from './private/role-construct';
import { invalid } from './private/validation';
import { VpcCniPermissions } from './vpc-cni-permissions';
import { VpcCniRole } from './vpc-cni-role';
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
export class EksNodeRole extends RoleConstruct {
  /**
   * Whether an object is an `EksNodeRole`, from whichever copy of this package.
   */
  public static isEksNodeRole(x: any): x is EksNodeRole {
    return x !== null && typeof x === 'object' && EKS_NODE_ROLE_SYMBOL in x;
  }

  /**
   * The role of the Amazon VPC CNI plugin, with `VpcCniPermissions.onSeparateRole` and `VpcCniPermissions.onExistingRole`.
   */
  public readonly cniRole?: VpcCniRole;

  /**
   * The IPv6 policy of the Amazon VPC CNI plugin, where one is in use, on this role or on the plugin's own.
   */
  public readonly cniIpv6Policy?: iam.IManagedPolicy;

  private readonly path?: string;

  constructor(scope: Construct, id: string, props: EksNodeRoleProps = {}) {
    super(scope, id, props);
    Object.defineProperty(this, EKS_NODE_ROLE_SYMBOL, { value: true });
    this.path = props.path;

    const { vpcCni, cfnRole } = allOrNothing(this, () => this.bind(props));
    this.cniRole = vpcCni?.cniRole;
    this.cniIpv6Policy = vpcCni?.cniIpv6Policy;
    // Pods of the plugin that start before the association get no credentials: what launches nodes refers to the role and waits with it.
    if (this.cniRole?.association) { this.role.node.addDependency(this.cniRole.association); }
    if (cfnRole && vpcCni?.onNodeRole === false) { keepCniPolicyOff(this, cfnRole); }
    if (props.vpcCni === undefined) {
      Annotations.of(this).addWarningV2('cdk-eks-node-role:vpcCniNotChosen',
        'nodes stay NotReady until the Amazon VPC CNI plugin has its permissions. Set vpcCni to VpcCniPermissions.onSeparateRole() ' +
        'or VpcCniPermissions.onNodeRole(), or to VpcCniPermissions.grantedElsewhere() where a role made elsewhere has them');
    }
  }

  /**
   * The instance profile that `addInstanceProfile` made.
   */
  public get instanceProfile(): iam.InstanceProfile | undefined {
    return this.node.tryFindChild('InstanceProfile') as iam.InstanceProfile | undefined;
  }

  /**
   * Makes an instance profile with the role, which self-managed nodes need. Managed node groups and Karpenter make their own.
   *
   * Throws at the second call, and if IAM does not accept name or path.
   *
   * @param options name and path
   */
  public addInstanceProfile(options: NodeInstanceProfileOptions = {}): iam.InstanceProfile {
    return makeInstanceProfile(this, { ...options, path: options.path ?? this.path });
  }

  /**
   * Lets nodes with the role join a cluster, by an EKS access entry; the second time for a cluster gives the same entry.
   *
   * For self-managed nodes and Karpenter. For managed node groups EKS makes the entry itself, and a second one fails. In a cluster
   * of another stack whose node groups use the role, make `new NodeAccessEntry(clusterStack, …)`: an entry here would make the two
   * stacks wait for each other.
   *
   * Throws if the role has an entry for another operating system in the cluster, and if the cluster is in another account or region,
   * where those are known.
   *
   * @param cluster a cluster that authenticates by the EKS API
   * @param options the operating system of the nodes
   * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
   */
  public allowClusterAccess(cluster: eks.IClusterRef, options: NodeClusterAccessOptions = {}): NodeAccessEntry {
    const { operatingSystem = NodeOperatingSystem.LINUX } = options;
    const type = operatingSystem === NodeOperatingSystem.WINDOWS ? NodeAccessEntryType.EC2_WINDOWS : NodeAccessEntryType.EC2_LINUX;
    const entry = accessEntryOf(this, cluster, type);
    if (entry.accessEntryType === type) { return entry; }
    throw invalid(this.node.path, {
      prop: 'operatingSystem',
      value: operatingSystem,
      reason: `the role has an access entry of type ${entry.accessEntryType} in this cluster, and an entry has one type`,
      remedy: 'Make another EksNodeRole for these nodes',
    });
  }

  /**
   * Permits to pass the role to EC2, and to nothing else: for what launches nodes, such as Karpenter's controller. A grant to an
   * `iam.ManagedPolicy` makes no inline policy.
   *
   * @param grantee who may pass the role
   */
  public grantPassRole(grantee: iam.IGrantable): iam.Grant {
    return grantPassRoleToEc2(this, grantee);
  }

  private bind(props: EksNodeRoleProps) {
    const worker = (props.workerNodePolicy ?? WorkerNodePolicy.awsManaged())._bind(this);
    const registry = (props.containerRegistryPolicy ?? ContainerRegistryPolicy.readOnly())._bind(this);
    const vpcCni = props.vpcCni?._bind(this);
    const cfnRole = this._makeRole({
      assumedBy: ec2Principal(Stack.of(this)),
      managedPolicies: [
        ...worker.managedPolicies,
        ...registry.managedPolicies,
        ...vpcCni?.managedPolicies ?? [],
        ...props.ssmSessionPermissions ? [iam.ManagedPolicy.fromAwsManagedPolicyName(SSM_MANAGED_INSTANCE_CORE_POLICY)] : [],
        ...props.additionalManagedPolicies ?? [],
      ],
      statements: [...worker.statements, ...registry.statements, ...props.additionalStatements ?? []],
      description: 'Amazon EKS - Node role',
    });
    return { vpcCni, cfnRole };
  }
}
