import { Mixin, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ContainerRegistryPolicy } from './container-registry-policy';
import { policyCountProblems } from './private/attached-policies';
import { isCniPolicy, rewriteManagedPolicies } from './private/managed-policy-arns';
import { awsManagedPolicyName, SSM_MANAGED_INSTANCE_CORE_POLICY } from './private/permissions';
import { trustsEc2 } from './private/principals';
import { checkNamesOther, StatementsPolicy } from './private/statements-policy';
import { invalid, refersTo } from './private/validation';
import { VpcCniPermissions } from './vpc-cni-permissions';
import { VpcCniRole } from './vpc-cni-role';
import { WorkerNodePolicy } from './worker-node-policy';

/**
 * Properties of `NodeRolePermissions`.
 */
export interface NodeRolePermissionsProps {
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
   * Whether Session Manager may open sessions on the nodes: attaches `AmazonSSMManagedInstanceCore`.
   *
   * @default false
   */
  readonly ssmSessionPermissions?: boolean;

  /**
   * Where the Amazon VPC CNI plugin gets its permissions. Where that is not the node role, `AmazonEKS_CNI_Policy` is taken off it.
   *
   * An error with `VpcCniPermissions.onSeparateRole`: make a `VpcCniRole` and give `VpcCniPermissions.onExistingRole`.
   *
   * @default - the policies of the plugin stay as they are
   */
  readonly vpcCni?: VpcCniPermissions;
}

/**
 * A mixin that brings node roles made by others to the required set, in place: `role.with(new NodeRolePermissions())`.
 *
 * It adds to a role what is missing, by policies that the role refers to, and takes the policy of the VPC CNI plugin off where
 * `vpcCni` says so, also if it is attached later. Everything else stays, logical ids included.
 *
 * Applied to a stack or a node group it changes every role in it that EC2 may assume, roles of this library among them, and no
 * other. A role that can't be changed, such as an imported one, is an error. A node group does not contain the role that it was
 * given: apply the mixin to that role. `Mixins.of(scope).requireAny().apply(…)` of the CDK fails where nothing was changed.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
 */
export class NodeRolePermissions extends Mixin {
  constructor(private readonly props: NodeRolePermissionsProps = {}) {
    super();
    if (props.vpcCni?._makesCniRole) {
      throw invalid('NodeRolePermissions', {
        prop: 'vpcCni',
        value: 'VpcCniPermissions.onSeparateRole()',
        reason: 'the mixin has no place for the role that it makes',
        remedy: 'Make a VpcCniRole and give VpcCniPermissions.onExistingRole() with it',
      });
    }
  }

  /**
   * Whether a construct is a role that EC2 may assume, or a role that the mixin has to refuse.
   *
   * @param construct a construct of the tree that the mixin is applied to
   */
  public supports(construct: IConstruct): boolean {
    const cfnRole = cfnRoleOf(construct);
    if (cfnRole === undefined) { return isRole(construct); }
    // The resource of an iam.Role is its child, which is asked for itself.
    return cfnRole !== construct.node.defaultChild && trustsEc2(cfnRole.stack.resolve(cfnRole.assumeRolePolicyDocument));
  }

  /**
   * Brings a role to the required set.
   *
   * Throws if the role can't be changed, and if a statement names the role.
   *
   * @param construct the role
   */
  public applyTo(construct: IConstruct): void {
    const cfnRole = cfnRoleOf(construct);
    checkChangeable(construct, cfnRole);
    const worker = (this.props.workerNodePolicy ?? WorkerNodePolicy.awsManaged())._bind(cfnRole);
    const registry = (this.props.containerRegistryPolicy ?? ContainerRegistryPolicy.readOnly())._bind(cfnRole);
    const vpcCni = this.props.vpcCni?._bind(cfnRole);
    const statements = [...worker.statements, ...registry.statements];
    const wanted = [
      ...worker.managedPolicies,
      ...registry.managedPolicies,
      ...vpcCni?.managedPolicies ?? [],
      ...this.props.ssmSessionPermissions ? [iam.ManagedPolicy.fromAwsManagedPolicyName(SSM_MANAGED_INSTANCE_CORE_POLICY)] : [],
      ...statements.length > 0 ? [statementsPolicy(cfnRole, statements)] : [],
    ];
    rewriteManagedPolicies(cfnRole, given => {
      const kept = vpcCni?.onNodeRole === false ? given.filter(arn => !isCniPolicy(arn)) : given;
      const missing = new Map(wanted.map(({ managedPolicyArn }) => [policyKey(cfnRole.stack, managedPolicyArn), managedPolicyArn]));
      kept.forEach(arn => missing.delete(policyKey(cfnRole.stack, arn)));
      return [...kept, ...missing.values()];
    });
    cfnRole.node.addValidation({ validate: () => policyCountProblems(cfnRole) });
    if (vpcCni?.cniRole) { waitForAssociation(cfnRole, vpcCni.cniRole); }
  }
}

/** The resource of a role, also where a construct stands for the role, as `role.withoutPolicyUpdates()` does. */
function cfnRoleOf(construct: IConstruct): iam.CfnRole | undefined {
  if (iam.CfnRole.isCfnRole(construct)) { return construct; }
  if (iam.Role.isRole(construct)) { return construct.node.defaultChild as iam.CfnRole | undefined; }
  if (!isRole(construct)) { return undefined; }
  const targets = Tokenization.reverseString(construct.roleArn).tokens.filter(token => Reference.isReference(token)).map(token => token.target);
  return targets.find(target => iam.CfnRole.isCfnRole(target));
}

/** A role that comes into being at its first use is its own child; until then it has no ARN to ask for. */
function isRole(construct: IConstruct): construct is iam.IRole {
  return 'assumeRoleAction' in construct && 'roleArn' in construct && !(construct instanceof iam.LazyRole);
}

function checkChangeable(construct: IConstruct, cfnRole?: iam.CfnRole): asserts cfnRole is iam.CfnRole {
  if (cfnRole === undefined) {
    throw invalid(construct.node.path, {
      prop: 'role',
      value: construct.node.path,
      reason: 'it is not in the templates of this app, so that its policies can\'t be changed',
      remedy: 'Apply NodeRolePermissions where the role is made, or to the other roles one by one',
    });
  }
  const given: unknown = cfnRole.stack.resolve(cfnRole.managedPolicyArns) ?? [];
  if (!Array.isArray(given)) {
    throw invalid(cfnRole.node.path, {
      prop: 'managedPolicyArns',
      value: given,
      reason: 'only the deployment knows which policies these are, and what is missing',
      remedy: 'Give the role a list of ARNs',
    });
  }
}

/** The policy of the role with the statements; the mixin may be applied more than once. */
function statementsPolicy(cfnRole: iam.CfnRole, statements: iam.PolicyStatement[]): iam.IManagedPolicy {
  statements.forEach(statement => checkNamesOther(cfnRole, cfnRole.node.path, statement));
  const policy = cfnRole.node.tryFindChild('NodePolicy') as StatementsPolicy | undefined;
  policy?.addStatements(...statements);
  return policy ?? new StatementsPolicy(cfnRole, 'NodePolicy', statements);
}

/** Pods of the plugin that start before the association get no credentials. A cluster with EKS Auto Mode needs the role of its nodes itself. */
function waitForAssociation(cfnRole: iam.CfnRole, { association, _associatedCluster: cluster }: VpcCniRole) {
  if (!association || !cluster) { return; }
  const cfnCluster = cluster.node.defaultChild ?? cluster;
  const neededByCluster = eks.CfnCluster.isCfnCluster(cfnCluster) && refersTo(cfnCluster.computeConfig, cfnRole);
  if (!neededByCluster) { cfnRole.node.addDependency(association); }
}

function policyKey(stack: Stack, arn: unknown): string {
  return awsManagedPolicyName(arn) ?? JSON.stringify(stack.resolve(arn));
}
