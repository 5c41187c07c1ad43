/** The stack of cluster_access.py, in TypeScript: what nodes need to join clusters. */
import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Clusters } from './clusters';
import { EksNodeRole, NodeAccessEntry, NodeAccessEntryType, NodeOperatingSystem, VpcCniPermissions } from 'cdk-eks-node-role';

export class ClusterAccess extends Stack {
  constructor(scope: Construct, id: string, clusters: Clusters) {
    super(scope, id);
    const vpcCni = VpcCniPermissions.onNodeRole();

    const linux = new EksNodeRole(this, 'Linux', { vpcCni });
    linux.allowClusterAccess(clusters.l1);
    linux.allowClusterAccess(clusters.v1);
    linux.allowClusterAccess(clusters.v2, { operatingSystem: NodeOperatingSystem.LINUX });
    linux.allowClusterAccess(clusters.imported);
    linux.allowClusterAccess(clusters.imported);
    linux.addInstanceProfile();
    new CfnOutput(this, 'InstanceProfile', { value: linux.instanceProfile?.instanceProfileArn ?? 'none' });

    const windows = new EksNodeRole(this, 'Windows', { vpcCni });
    const entry = windows.allowClusterAccess(clusters.l1, { operatingSystem: NodeOperatingSystem.WINDOWS });
    new CfnOutput(this, 'EntryArn', { value: entry.accessEntryArn });
    new CfnOutput(this, 'EntryType', { value: `${entry.accessEntryType} ${entry.accessEntry.type}` });
    windows.addInstanceProfile({ instanceProfileName: 'windows', path: '/eks/' });

    const controller = new iam.Role(this, 'Controller', { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com') });
    linux.grantPassRole(controller);

    // What every role has.
    new CfnOutput(this, 'RoleArn', { value: linux.roleArn });
    new CfnOutput(this, 'RoleName', { value: linux.roleName });
    new CfnOutput(this, 'Region', { value: linux.env.region });
    new CfnOutput(this, 'RoleReference', { value: linux.roleRef.roleArn });
    linux.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: ['*'] }));

    const imported = eks.Cluster.fromClusterAttributes(this, 'Imported', { clusterName: 'other' });
    for (const accessEntryType of [
      NodeAccessEntryType.EC2_LINUX, NodeAccessEntryType.EC2_WINDOWS, NodeAccessEntryType.AUTO_MODE, NodeAccessEntryType.HYBRID_LINUX,
    ]) {
      const role = iam.Role.fromRoleName(this, `Role-${accessEntryType}`, accessEntryType);
      new NodeAccessEntry(this, accessEntryType, { cluster: imported, role, accessEntryType });
    }
  }
}
