/** The stack of existing_roles.py, in TypeScript: roles that others made, brought up to date by the mixin. */
import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Clusters } from './clusters';
import { ContainerRegistryPolicy, NodeRolePermissions, VpcCniIdentity, VpcCniPermissions, VpcCniRole, WorkerNodePolicy } from 'cdk-eks-node-role';

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

export class ExistingRoles extends Stack {
  constructor(scope: Construct, id: string, clusters: Clusters) {
    super(scope, id);

    new iam.Role(this, 'L2', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }).with(new NodeRolePermissions());

    // What `with` does.
    const permissions = new NodeRolePermissions();
    const trusted = new iam.CfnRole(this, 'Trusted', { assumeRolePolicyDocument: TRUST });
    if (permissions.supports(trusted) && !permissions.supports(this)) { permissions.applyTo(trusted); }

    new iam.CfnRole(this, 'L1', {
      assumeRolePolicyDocument: TRUST,
      managedPolicyArns: ['arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy'],
    }).with(new NodeRolePermissions({
      workerNodePolicy: WorkerNodePolicy.leastPrivilege(),
      containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
      ssmSessionPermissions: true,
      vpcCni: VpcCniPermissions.grantedElsewhere(),
    }));

    // The role that the node group makes.
    const cniRole = new VpcCniRole(this, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity({ cluster: clusters.v1 }) });
    new eks.Nodegroup(this, 'Nodegroup', { cluster: clusters.v1 }).with(new NodeRolePermissions({
      vpcCni: VpcCniPermissions.onExistingRole(cniRole),
    }));
  }
}
