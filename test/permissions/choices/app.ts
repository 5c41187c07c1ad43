/**
 * One role for each choice, with that choice alone; test/permissions/choices.py says what each may do.
 */
import { App, Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  CniIpv6Policy, ContainerRegistryPolicy, EksAutoModeNodeRole, EksHybridNodeRole, EksHybridNodeRoleProps, EksNodeRole, EksNodeRoleProps,
  HybridNodeCredentials, VpcCniIdentity, VpcCniIpFamily, VpcCniPermissions, VpcCniRole, WorkerNodePolicy,
} from 'cdk-eks-node-role';

const app = new App();
const stack = new Stack(app, 'Choices', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });

/** A statement without effect on the calls of facts.py, where a choice needs one. */
const other = new iam.PolicyStatement({ actions: ['cloudwatch:PutMetricData'], resources: ['*'] });
const repositories = [ecr.Repository.fromRepositoryName(stack, 'Repository', 'my-service')];
const networkInterfaceManagement = new CniIpv6Policy(stack, 'WithNetworkInterfaces', { networkInterfaceManagement: true });

role('NodeRole', {});

worker('WorkerAwsManaged', WorkerNodePolicy.awsManaged());
worker('WorkerAwsManagedMinimal', WorkerNodePolicy.awsManagedMinimal());
worker('WorkerLeastPrivilege', WorkerNodePolicy.leastPrivilege());
worker('WorkerLeastPrivilegeWithoutPodIdentity', WorkerNodePolicy.leastPrivilege({ podIdentityAgent: false }));
worker('WorkerLeastPrivilegeInstanceIdNodeName', WorkerNodePolicy.leastPrivilege({ instanceIdNodeName: true }));
worker('WorkerCustom', WorkerNodePolicy.custom({ statements: [other] }));

registry('RegistryReadOnly', ContainerRegistryPolicy.readOnly());
registry('RegistryPullOnly', ContainerRegistryPolicy.pullOnly());
registry('RegistryLeastPrivilege', ContainerRegistryPolicy.leastPrivilege());
registry('RegistryLeastPrivilegePullThroughCache', ContainerRegistryPolicy.leastPrivilege({ pullThroughCache: true }));
registry('RegistryLeastPrivilegeRepositories', ContainerRegistryPolicy.leastPrivilege({ repositories }));
registry('RegistryLeastPrivilegeRepositoriesPullThroughCache', ContainerRegistryPolicy.leastPrivilege({ repositories, pullThroughCache: true }));
registry('RegistryNone', ContainerRegistryPolicy.none());

vpcCni('CniIpv4', VpcCniPermissions.onNodeRole());
vpcCni('CniIpv6', VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV6 }));
vpcCni('CniIpv6NetworkInterfaces', VpcCniPermissions.onNodeRole({ ipv6Policy: networkInterfaceManagement }));
vpcCni('CniIpv4AndIpv6', VpcCniPermissions.onNodeRole({ ipFamily: VpcCniIpFamily.IPV4_AND_IPV6 }));
vpcCni('CniGrantedElsewhere', VpcCniPermissions.grantedElsewhere());

// The issuer is known at deployment alone, so the trust document is a JSON string.
const oidcProvider = new iam.CfnOIDCProvider(stack, 'Provider', { url: 'https://oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE' });
const irsa = VpcCniIdentity.irsa({ oidcProvider });
vpcCni('CniOnSeparateRole', VpcCniPermissions.onSeparateRole({ identity: VpcCniIdentity.podIdentity() }));
new VpcCniRole(stack, 'VpcCniRoleIrsa', { identity: irsa });
new VpcCniRole(stack, 'VpcCniRoleIrsaIpv6', { identity: irsa, ipFamily: VpcCniIpFamily.IPV6 });

const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'my-cluster' });
const rolesAnywhere = HybridNodeCredentials.iamRolesAnywhere({
  trustAnchorArn: stack.formatArn({ service: 'rolesanywhere', resource: 'trust-anchor', resourceName: 'any' }),
});
new EksAutoModeNodeRole(stack, 'AutoMode');
hybrid('HybridSystemsManager', { credentials: HybridNodeCredentials.systemsManager() });
hybrid('HybridSystemsManagerCluster', { credentials: HybridNodeCredentials.systemsManager(), cluster });
hybrid('HybridRolesAnywhere', { credentials: rolesAnywhere });
hybrid('HybridPodIdentity', { credentials: rolesAnywhere, podIdentityAgent: true });

bare('SsmSessionPermissions', { ssmSessionPermissions: true });

app.synth();

function role(id: string, props: EksNodeRoleProps) {
  new EksNodeRole(stack, id, props);
}

function hybrid(id: string, props: EksHybridNodeRoleProps) {
  new EksHybridNodeRole(stack, id, props);
}

function worker(id: string, workerNodePolicy: WorkerNodePolicy) {
  bare(id, { workerNodePolicy });
}

function registry(id: string, containerRegistryPolicy: ContainerRegistryPolicy) {
  bare(id, { containerRegistryPolicy });
}

function vpcCni(id: string, choice: VpcCniPermissions) {
  bare(id, { vpcCni: choice });
}

/** A role with nothing but what the props say. */
function bare(id: string, props: EksNodeRoleProps) {
  role(id, {
    workerNodePolicy: WorkerNodePolicy.custom({ statements: [other], podIdentityAgent: false }),
    containerRegistryPolicy: ContainerRegistryPolicy.none(),
    vpcCni: VpcCniPermissions.grantedElsewhere(),
    ...props,
  });
}
