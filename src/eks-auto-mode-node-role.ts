import { Stack } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { accessEntryOf, NodeAccessEntry, NodeAccessEntryType } from './node-access-entry';
import { CONTAINER_REGISTRY_PULL_ONLY_POLICY, WORKER_NODE_MINIMAL_POLICY } from './private/permissions';
import { ec2Principal, grantPassRoleToEc2 } from './private/principals';
import { RoleConstruct } from './private/role-construct';

/**
 * Properties of `EksAutoModeNodeRole`.
 */
export interface EksAutoModeNodeRoleProps {
  /**
   * More managed policies. A role takes 25 at most, all of them counted; a warning begins at 11.
   *
   * @default - none
   */
  readonly additionalManagedPolicies?: iam.IManagedPolicy[];

  /**
   * Name of the role, 1 to 64 letters, digits or `_+=,.@-`.
   *
   * @default - named by CloudFormation
   */
  readonly roleName?: string;

  /**
   * Description of the role, at most 1,000 characters of Latin-1.
   *
   * @default - 'Amazon EKS - Auto Mode node role', for hybrid nodes 'Amazon EKS - Hybrid Nodes role'
   */
  readonly description?: string;

  /**
   * Path of the role, begins and ends with `/`.
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
}

/**
 * The IAM role of nodes that EKS Auto Mode launches: `AmazonEKSWorkerNodeMinimalPolicy` and `AmazonEC2ContainerRegistryPullOnly`.
 * The VPC CNI of Auto Mode has its permissions on the cluster's role.
 *
 * What IAM does not accept is an error at construction.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html
 */
export class EksAutoModeNodeRole extends RoleConstruct {
  constructor(scope: Construct, id: string, props: EksAutoModeNodeRoleProps = {}) {
    super(scope, id, props);
    this._makeRole({
      assumedBy: ec2Principal(Stack.of(this)),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName(WORKER_NODE_MINIMAL_POLICY),
        iam.ManagedPolicy.fromAwsManagedPolicyName(CONTAINER_REGISTRY_PULL_ONLY_POLICY),
        ...props.additionalManagedPolicies ?? [],
      ],
      statements: [],
      description: 'Amazon EKS - Auto Mode node role',
    });
  }

  /**
   * Lets nodes of a custom node class join a cluster, by an EKS access entry of type `EC2` with the access policy
   * `AmazonEKSAutoNodePolicy`; the second time for a cluster gives the same entry.
   *
   * For the built-in node pools EKS makes the entry itself, and a second one fails.
   *
   * @param cluster a cluster with EKS Auto Mode
   * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html
   */
  public allowClusterAccess(cluster: eks.IClusterRef): NodeAccessEntry {
    return accessEntryOf(this, cluster, NodeAccessEntryType.AUTO_MODE);
  }

  /**
   * Permits to pass the role to EC2, and to nothing else: for a cluster's role with a policy of its own.
   *
   * @param grantee who may pass the role
   */
  public grantPassRole(grantee: iam.IGrantable): iam.Grant {
    return grantPassRoleToEc2(this, grantee);
  }
}
