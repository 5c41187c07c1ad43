import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { POLICY_DESCRIPTION, POLICY_NAME, POLICY_PATH } from './private/limits';
import { allow, CNI_IPV6, CNI_IPV6_NETWORK_INTERFACES, CNI_IPV6_POLICY_NAME, CNI_IPV6_TAGS } from './private/permissions';
import { checkText, invalid } from './private/validation';

const CNI_IPV6_POLICY_SYMBOL = Symbol.for('cdk-eks-node-role.CniIpv6Policy');

/**
 * Properties of `CniIpv6Policy`.
 */
export interface CniIpv6PolicyProps {
  /**
   * Name of the policy, 1 to 128 letters, digits or `_+=,.@-`.
   *
   * A fixed name, such as the guide's `CniIpv6Policy.GUIDE_POLICY_NAME`, can be deployed once per account.
   *
   * @default - named by CloudFormation
   */
  readonly managedPolicyName?: string;

  /**
   * Description of the policy, at most 1,000 characters. A change replaces the policy.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Path of the policy, begins and ends with `/`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Whether the plugin may create, attach, change, detach and delete network interfaces.
   *
   * Needed on instances with several network cards (`ENABLE_MULTI_NIC`), and since VPC CNI 1.22 where the primary subnet of a
   * node is tagged `kubernetes.io/role/cni=0`. The policy that AWS publishes does not have these permissions.
   *
   * @default false
   */
  readonly networkInterfaceManagement?: boolean;
}

/**
 * The customer managed policy that the Amazon VPC CNI plugin needs in clusters of the IPv6 family. AWS publishes its document
 * and has no managed policy for it.
 *
 * The document is the one that VPC CNI 1.22 and later need, with the partition of the stack
 * (https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/iam-policy.md). A name, description or path that IAM does not
 * accept is an error.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
 */
export class CniIpv6Policy extends iam.ManagedPolicy {
  /**
   * The name that the AWS guide gives to the policy.
   */
  public static readonly GUIDE_POLICY_NAME = CNI_IPV6_POLICY_NAME;

  /**
   * The policy that all roles of a stack share: the stack's child `AmazonEKS_CNI_IPv6_Policy`, made at the first call.
   *
   * To have it with other properties, make it yourself, with the stack as scope and that id, before the first role.
   *
   * Throws if the stack has another kind of construct under that id.
   *
   * @param scope any construct in the stack
   */
  public static forStack(scope: Construct): CniIpv6Policy {
    const stack = Stack.of(scope);
    const child = stack.node.tryFindChild(CNI_IPV6_POLICY_NAME);
    if (child === undefined) { return new CniIpv6Policy(stack, CNI_IPV6_POLICY_NAME); }
    if (isCniIpv6Policy(child)) { return child; }
    throw invalid(child.node.path, {
      prop: 'construct id',
      value: CNI_IPV6_POLICY_NAME,
      reason: 'the shared IPv6 policy of the stack has this id, and the construct is not a CniIpv6Policy',
      remedy: 'Give it another id, or pass it as ipv6Policy',
    });
  }

  constructor(scope: Construct, id: string, props: CniIpv6PolicyProps = {}) {
    super(scope, id, managedPolicyProps(scope, id, props));
    Object.defineProperty(this, CNI_IPV6_POLICY_SYMBOL, { value: true });
  }
}

function isCniIpv6Policy(construct: IConstruct): construct is CniIpv6Policy {
  return CNI_IPV6_POLICY_SYMBOL in construct;
}

function managedPolicyProps(scope: Construct, id: string, props: CniIpv6PolicyProps): iam.ManagedPolicyProps {
  const path = `${scope.node.path}/${id}`;
  checkText(path, 'managedPolicyName', props.managedPolicyName, POLICY_NAME, 'Use another name, or leave it out and CloudFormation names the policy');
  checkText(path, 'description', props.description, POLICY_DESCRIPTION, 'Shorten it');
  checkText(path, 'path', props.path, POLICY_PATH, 'Write a path such as "/eks/", or leave it out for "/"');

  const networkInterfaces = Stack.of(scope).formatArn({ service: 'ec2', region: '*', account: '*', resource: 'network-interface', resourceName: '*' });
  return {
    managedPolicyName: props.managedPolicyName,
    description: props.description,
    path: props.path,
    statements: [
      allow(CNI_IPV6),
      allow(CNI_IPV6_TAGS, { resources: [networkInterfaces] }),
      ...(props.networkInterfaceManagement ? [allow(CNI_IPV6_NETWORK_INTERFACES)] : []),
    ],
  };
}
