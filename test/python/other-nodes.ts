/** The stack of other_nodes.py, in TypeScript: EKS Auto Mode and hybrid nodes. */
import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Clusters } from './clusters';
import { EksAutoModeNodeRole, EksHybridNodeRole, HybridNodeCredentials } from 'cdk-eks-node-role';

export class OtherNodes extends Stack {
  constructor(scope: Construct, id: string, clusters: Clusters) {
    super(scope, id);
    const boundary = iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess');
    const cloudWatch = iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy');

    new EksAutoModeNodeRole(this, 'AutoModeDefault');
    const autoMode = new EksAutoModeNodeRole(this, 'AutoMode', {
      additionalManagedPolicies: [cloudWatch],
      roleName: 'auto-mode',
      description: 'Auto Mode',
      path: '/eks/',
      permissionsBoundary: boundary,
    });
    autoMode.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXRayDaemonWriteAccess'));
    autoMode.addToRolePolicy(new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] }));
    autoMode.allowClusterAccess(clusters.v2);
    autoMode.grantPassRole(new iam.Role(this, 'ClusterRole', { assumedBy: new iam.ServicePrincipal('eks.amazonaws.com') }));

    new EksHybridNodeRole(this, 'HybridDefault', { credentials: HybridNodeCredentials.systemsManager() });
    const hybrid = new EksHybridNodeRole(this, 'SystemsManager', {
      credentials: HybridNodeCredentials.systemsManager(),
      cluster: clusters.l1,
      podIdentityAgent: true,
      maxSessionDuration: Duration.hours(2),
      additionalManagedPolicies: [cloudWatch],
      roleName: 'hybrid',
      description: 'Hybrid',
      path: '/eks/',
      permissionsBoundary: boundary,
    });
    hybrid.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXRayDaemonWriteAccess'));
    hybrid.addToRolePolicy(new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] }));
    hybrid.allowClusterAccess(clusters.l1);

    new EksHybridNodeRole(this, 'RolesAnywhere', {
      credentials: HybridNodeCredentials.iamRolesAnywhere({
        trustAnchorArn: 'arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
      }),
    });
  }
}
