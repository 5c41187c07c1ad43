import { Mixin, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ContainerRegistryPolicy } from './container-registry-policy';
import { policyCountProblems } from './private/attached-policies';
import { isCniPolicy, rewriteManagedPolicies } from './private/managed-policy-arns';
import { awsManagedPolicyName, SSM_MANAGED_INSTANCE_CORE_POLICY } from './private/permissions';
import { trustsEc2 } from './private/principals';
import { StatementsPolicy } from './private/statements-policy';
import { invalid } from './private/validation';
import { VpcCniPermissions } from './vpc-cni-permissions';
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
 * Applied to a stack or a node group it changes every role in it that EC2 may assume, and no other. A role that can't be changed,
 * such as an imported one, is an error.
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
    if (iam.CfnRole.isCfnRole(construct)) { return trustsEc2(Stack.of(construct).resolve(construct.assumeRolePolicyDocument)); }
    return isRoleWithoutResource(construct);
  }

  /**
   * Brings a role to the required set.
   *
   * Throws if the role can't be changed.
   *
   * @param construct the role
   */
  public applyTo(construct: IConstruct): void {
    if (!iam.CfnRole.isCfnRole(construct)) {
      throw invalid(construct.node.path, {
        prop: 'role',
        value: construct.node.path,
        reason: 'it is not made in this app, so that its policies can\'t be changed',
        remedy: 'Apply NodeRolePermissions where the role is made, or to the other roles one by one',
      });
    }
    const worker = (this.props.workerNodePolicy ?? WorkerNodePolicy.awsManaged())._bind(construct);
    const registry = (this.props.containerRegistryPolicy ?? ContainerRegistryPolicy.readOnly())._bind(construct);
    const vpcCni = this.props.vpcCni?._bind(construct);
    const statements = [...worker.statements, ...registry.statements];
    const wanted = [
      ...worker.managedPolicies,
      ...registry.managedPolicies,
      ...vpcCni?.managedPolicies ?? [],
      ...this.props.ssmSessionPermissions ? [iam.ManagedPolicy.fromAwsManagedPolicyName(SSM_MANAGED_INSTANCE_CORE_POLICY)] : [],
      ...statements.length > 0 ? [statementsPolicy(construct, statements)] : [],
    ];
    const takesCniPolicyOff = this.props.vpcCni?._onNodeRole === false;
    const { stack } = construct;
    rewriteManagedPolicies(construct, given => {
      const kept = takesCniPolicyOff ? given.filter(arn => !isCniPolicy(arn)) : given;
      const present = new Set(kept.map(arn => policyKey(stack, arn)));
      const missing = wanted.map(policy => policy.managedPolicyArn).filter(arn => !present.has(policyKey(stack, arn)));
      return [...kept, ...missing];
    });
    construct.node.addValidation({ validate: () => policyCountProblems(construct) });
    if (vpcCni?.cniRole?.association) { construct.node.addDependency(vpcCni.cniRole.association); }
  }
}

/** An imported role, one that customizeRoles keeps out of the template, or one whose policies may not be updated. */
function isRoleWithoutResource(construct: IConstruct): boolean {
  return iam.Role.isRole(construct) ? !construct.node.defaultChild : 'assumeRoleAction' in construct && 'roleArn' in construct;
}

/** The policy of the role with the statements; the mixin may be applied more than once. */
function statementsPolicy(cfnRole: iam.CfnRole, statements: iam.PolicyStatement[]): iam.IManagedPolicy {
  const policy = cfnRole.node.tryFindChild('NodePolicy') as StatementsPolicy | undefined;
  policy?.addStatements(...statements);
  return policy ?? new StatementsPolicy(cfnRole, 'NodePolicy', statements);
}

function policyKey(stack: Stack, arn: unknown): string {
  return awsManagedPolicyName(arn) ?? JSON.stringify(stack.resolve(arn));
}
