/**
 * Nodes of an auto scaling group of one's own. EKS does for them neither what it does for managed node groups: they need an
 * instance profile, and an access entry that lets them join.
 */
import { App, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ContainerRegistryPolicy, EksNodeRole, VpcCniPermissions } from 'cdk-eks-node-role';

const VERSION = '1.35';
const SERVICE_RANGE = '10.100.0.0/16';

const app = new App();
const stack = new Stack(app, 'SelfManagedNodes', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });

const subnetIds = new CfnParameter(stack, 'SubnetIds', { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList;
const clusterRole = new iam.Role(stack, 'ClusterRole', {
  assumedBy: new iam.ServicePrincipal('eks.amazonaws.com'),
  managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSClusterPolicy')],
});
const cluster = new eks.CfnCluster(stack, 'Cluster', {
  version: VERSION,
  roleArn: clusterRole.roleArn,
  resourcesVpcConfig: { subnetIds },
  accessConfig: { authenticationMode: 'API' },
  kubernetesNetworkConfig: { serviceIpv4Cidr: SERVICE_RANGE },
});

const nodeRole = new EksNodeRole(stack, 'NodeRole', {
  containerRegistryPolicy: ContainerRegistryPolicy.pullOnly(),
  vpcCni: VpcCniPermissions.onNodeRole(),
});
const instanceProfile = nodeRole.addInstanceProfile();
const accessEntry = nodeRole.allowClusterAccess(cluster);

const image = ec2.MachineImage.fromSsmParameter(
  `/aws/service/eks/optimized-ami/${VERSION}/amazon-linux-2023/x86_64/standard/recommended/image_id`,
).getImage(stack);
const launchTemplate = new ec2.CfnLaunchTemplate(stack, 'LaunchTemplate', {
  launchTemplateData: {
    imageId: image.imageId,
    instanceType: 'm6i.large',
    iamInstanceProfile: { arn: instanceProfile.instanceProfileArn },
    securityGroupIds: [cluster.attrClusterSecurityGroupId],
    metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 }, // pods do not get at the node role
    userData: Fn.base64(`apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  cluster:
    name: ${cluster.ref}
    apiServerEndpoint: ${cluster.attrEndpoint}
    certificateAuthority: ${cluster.attrCertificateAuthorityData}
    cidr: ${SERVICE_RANGE}
`),
  },
});
const nodes = new autoscaling.CfnAutoScalingGroup(stack, 'Nodes', {
  minSize: '2',
  maxSize: '2',
  vpcZoneIdentifier: subnetIds,
  launchTemplate: { launchTemplateId: launchTemplate.ref, version: launchTemplate.attrLatestVersionNumber },
  tags: [{ key: `kubernetes.io/cluster/${cluster.ref}`, value: 'owned', propagateAtLaunch: true }],
});

// Nothing that nodes refer to refers to the entry.
nodes.node.addDependency(accessEntry);

app.synth();
