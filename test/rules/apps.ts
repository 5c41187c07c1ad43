/** For each rule an app that breaks it by L1 constructs, one that breaks it by L2 constructs, and one that comes close and is right. */
import { Aws, Fn, Stack, Tags } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  allow, awsPolicy, cfnCluster, cfnCniRole, cfnNodegroup, cfnRole, cluster, clusterV1, document, guideIpv6Document, l2CniRole, l2Role, NODE_POLICIES,
  nodeRole, todaysIpv6Document, trust, vpc,
} from './parts';
import { CniIpv6Policy, ContainerRegistryPolicy, VpcCniPermissions, WorkerNodePolicy } from 'cdk-eks-node-role';

/** Puts an app into a stack. */
export type Build = (stack: Stack) => void;

export interface RuleApps {
  /** The region of the stack; environment-agnostic without. */
  readonly region?: string;
  readonly l1: Build;
  readonly l2: Build;
  readonly nearMiss: Build;
}

const statement = (actions: string[], resources: string[] = ['*']) => new iam.PolicyStatement({ actions, resources });
const policies = (count: number) => [...Array(count).keys()].map(i => `arn:aws:iam::111122223333:policy/Policy${i}`);

export const RULE_APPS: Record<string, RuleApps> = {
  NodeRoleIsClusterRole: {
    l1: stack => {
      const role = cfnRole(stack);
      cfnCniRole(stack);
      cfnNodegroup(stack, role, { clusterName: cfnCluster(stack, 'API', { roleArn: role.attrArn }).ref });
    },
    l2: stack => {
      const role = l2Role(stack);
      l2CniRole(stack);
      cluster(stack, { role }).addNodegroupCapacity('Nodes', { nodeRole: role });
    },
    nearMiss: stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { roleName: 'cluster-nodes' }), {
        clusterName: cfnCluster(stack, 'API', { roleArn: 'arn:aws:iam::111122223333:role/cluster' }).ref,
      });
    },
  },

  NodeRoleIsFargateRole: {
    l1: stack => {
      const role = cfnRole(stack);
      cfnCniRole(stack);
      cfnNodegroup(stack, role);
      new eks.CfnFargateProfile(stack, 'Profile', { clusterName: 'my-cluster', podExecutionRoleArn: role.attrArn, selectors: [{ namespace: 'default' }] });
    },
    l2: stack => {
      const role = nodeRole(stack);
      const eksCluster = clusterV1(stack);
      eksCluster.addNodegroupCapacity('Nodes', { nodeRole: role.role });
      eksCluster.addFargateProfile('Profile', { podExecutionRole: role.role, selectors: [{ namespace: 'default' }] });
    },
    nearMiss: stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack));
      const podExecutionRole = cfnRole(stack, { assumeRolePolicyDocument: trust('eks-fargate-pods.amazonaws.com') }, 'PodExecutionRole');
      new eks.CfnFargateProfile(stack, 'Profile', {
        clusterName: 'my-cluster', podExecutionRoleArn: podExecutionRole.attrArn, selectors: [{ namespace: 'default' }],
      });
    },
  },

  NodeRoleTrust: {
    l1: stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { assumeRolePolicyDocument: trust('eks.amazonaws.com') }));
    },
    l2: stack => {
      const role = l2Role(stack, { assumedBy: new iam.CompositePrincipal(new iam.ServicePrincipal('ec2.amazonaws.com'), new iam.AccountRootPrincipal()) });
      l2CniRole(stack);
      cluster(stack).addNodegroupCapacity('Nodes', { nodeRole: role });
    },
    nearMiss: stack => {
      const others = { AWS: `arn:${Aws.PARTITION}:iam::111122223333:root` };
      const statements = [
        ...trust('ec2.amazonaws.com').Statement,
        { Effect: 'Allow', Principal: others, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'platform' } } },
      ];
      // A document may be a JSON string too.
      const assumeRolePolicyDocument = stack.toJsonString(document(...statements));
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { assumeRolePolicyDocument }));
    },
  },

  NodeRoleWorkerPermissions: {
    l1: stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: [awsPolicy('AmazonEC2ContainerRegistryPullOnly'), awsPolicy('AmazonSSMManagedInstanceCore')] }));
    },
    l2: stack => {
      nodeRole(stack, { workerNodePolicy: WorkerNodePolicy.custom({ statements: [statement(['s3:GetObject'])], podIdentityAgent: false }) });
    },
    nearMiss: stack => {
      nodeRole(stack, { workerNodePolicy: WorkerNodePolicy.leastPrivilege({ podIdentityAgent: false }) });
    },
  },

  NodeRoleRegistryPermissions: {
    l1: stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: [NODE_POLICIES[0]] }));
    },
    l2: stack => {
      nodeRole(stack, { containerRegistryPolicy: ContainerRegistryPolicy.none() });
    },
    nearMiss: stack => {
      const pull = allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], 'arn:aws:ecr:us-east-1:111122223333:repository/my-service');
      const policy = new iam.CfnManagedPolicy(stack, 'Pull', { policyDocument: document(allow(['ecr:Get*']), pull) });
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: [NODE_POLICIES[0], policy.ref] }));
    },
  },

  NodeRoleVpcCniPermissions: {
    l1: stack => {
      cfnNodegroup(stack, cfnRole(stack));
    },
    l2: stack => {
      nodeRole(stack, { vpcCni: undefined });
    },
    nearMiss: stack => {
      // By EKS Pod Identity, whose trust names no service account.
      const cniRole = cfnCniRole(stack, { assumeRolePolicyDocument: trust('pods.eks.amazonaws.com') });
      new eks.CfnPodIdentityAssociation(stack, 'Association', {
        clusterName: 'my-cluster', namespace: 'kube-system', serviceAccount: 'aws-node', roleArn: cniRole.attrArn,
      });
      cfnNodegroup(stack, cfnRole(stack));
    },
  },

  NodeRoleVpcCniOnNode: {
    l1: stack => {
      cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: [...NODE_POLICIES, 'arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy'] }));
    },
    l2: stack => {
      nodeRole(stack, { vpcCni: VpcCniPermissions.onNodeRole() });
    },
    nearMiss: stack => {
      l2CniRole(stack);
      cluster(stack).addNodegroupCapacity('Nodes', { nodeRole: l2Role(stack) });
    },
  },

  NodeRoleOverPrivileged: {
    l1: stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: [awsPolicy('AdministratorAccess')] }));
    },
    l2: stack => {
      nodeRole(stack).addToRolePolicy(statement(['iam:*']));
    },
    nearMiss: stack => {
      nodeRole(stack).addToRolePolicy(statement(['iam:Get*', 's3:*']));
    },
  },

  NodeRolePolicyOrdering: {
    l1: stack => {
      const role = cfnRole(stack);
      cfnCniRole(stack);
      new iam.CfnPolicy(stack, 'Policy', { policyName: 'more', roles: [role.ref], policyDocument: document(allow(['s3:GetObject'])) });
      cfnNodegroup(stack, role);
    },
    l2: stack => {
      const role = nodeRole(stack);
      new s3.Bucket(stack, 'Bucket').grantRead(role);
      cluster(stack).addNodegroupCapacity('Nodes', { nodeRole: role.role });
    },
    nearMiss: stack => {
      const role = nodeRole(stack);
      new s3.Bucket(stack, 'Bucket').grantRead(role);
      cluster(stack).addNodegroupCapacity('Nodes', { nodeRole: role.role }).node.addDependency(role);
    },
  },

  NodeRoleQuota: {
    l1: stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: [...NODE_POLICIES, ...policies(9)] }));
    },
    l2: stack => {
      const managedPolicies = policies(24).map((arn, i) => iam.ManagedPolicy.fromManagedPolicyArn(stack, `Policy${i}`, arn));
      const role = l2Role(stack);
      managedPolicies.forEach(policy => role.addManagedPolicy(policy));
      l2CniRole(stack);
      cluster(stack).addNodegroupCapacity('Nodes', { nodeRole: role });
    },
    nearMiss: stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { managedPolicyArns: [...NODE_POLICIES, ...policies(8)] }));
    },
  },

  NodeRolePath: {
    l1: stack => {
      cfnCniRole(stack);
      cfnNodegroup(stack, cfnRole(stack, { path: '/eks/' }), { clusterName: cfnCluster(stack).ref });
    },
    l2: stack => {
      clusterV1(stack, { authenticationMode: eks.AuthenticationMode.CONFIG_MAP }).addNodegroupCapacity('Nodes', { nodeRole: nodeRole(stack, { path: '/eks/' }).role });
    },
    nearMiss: stack => {
      cluster(stack).addNodegroupCapacity('Nodes', { nodeRole: nodeRole(stack, { path: '/eks/' }).role });
    },
  },

  NodeRoleOperatingSystems: {
    l1: stack => {
      const role = cfnRole(stack);
      cfnCniRole(stack);
      cfnNodegroup(stack, role, { amiType: 'AL2023_x86_64_STANDARD' }, 'Linux');
      cfnNodegroup(stack, role, { amiType: 'WINDOWS_CORE_2022_x86_64' }, 'Windows');
    },
    l2: stack => {
      const role = nodeRole(stack);
      const eksCluster = cluster(stack);
      eksCluster.addNodegroupCapacity('Linux', { nodeRole: role.role });
      eksCluster.addNodegroupCapacity('Windows', { nodeRole: role.role, amiType: eksv2.NodegroupAmiType.WINDOWS_CORE_2022_X86_64 });
    },
    nearMiss: stack => {
      const role = cfnRole(stack);
      cfnCniRole(stack);
      cfnNodegroup(stack, role, { amiType: 'BOTTLEROCKET_x86_64' }, 'Linux');
      cfnNodegroup(stack, role, { amiType: 'WINDOWS_CORE_2022_x86_64', clusterName: 'another-cluster' }, 'Windows');
    },
  },

  NodeAccessEntryMissing: {
    l1: stack => {
      const profile = new iam.CfnInstanceProfile(stack, 'Profile', { roles: [cfnRole(stack).ref] });
      const tags = [{ key: `kubernetes.io/cluster/${cfnCluster(stack, 'API').ref}`, value: 'owned' }];
      new ec2.CfnLaunchTemplate(stack, 'LaunchTemplate', {
        launchTemplateData: { iamInstanceProfile: { arn: profile.attrArn }, tagSpecifications: [{ resourceType: 'instance', tags }] },
      });
      cfnCniRole(stack);
    },
    l2: stack => {
      l2AutoScalingGroup(stack, nodeRole(stack).role, cluster(stack).clusterName);
    },
    nearMiss: stack => {
      const eksCluster = cluster(stack);
      const role = nodeRole(stack);
      l2AutoScalingGroup(stack, role.role, eksCluster.clusterName);
      new eks.CfnAccessEntry(stack, 'Entry', { clusterName: eksCluster.clusterName, principalArn: role.roleArn, type: 'EC2_LINUX' });
    },
  },

  NodeAccessEntryDuplicate: {
    l1: stack => {
      const role = cfnRole(stack);
      cfnCniRole(stack);
      for (const id of ['Entry', 'SecondEntry']) {
        new eks.CfnAccessEntry(stack, id, { clusterName: 'my-cluster', principalArn: role.attrArn, type: 'EC2_LINUX' });
      }
    },
    l2: stack => {
      const role = nodeRole(stack);
      const eksCluster = cluster(stack);
      eksCluster.addNodegroupCapacity('Nodes', { nodeRole: role.role });
      new eksv2.AccessEntry(stack, 'Entry', {
        cluster: eksCluster, principal: role.roleArn, accessEntryType: eksv2.AccessEntryType.EC2_LINUX, accessPolicies: [],
      });
    },
    nearMiss: stack => {
      const role = cfnRole(stack);
      cfnCniRole(stack);
      cfnNodegroup(stack, role);
      new eks.CfnAccessEntry(stack, 'Entry', { clusterName: 'another-cluster', principalArn: role.attrArn, type: 'EC2_LINUX' });
    },
  },

  CniIpv6PolicyStale: {
    l1: stack => {
      cfnCniRole(stack, { managedPolicyArns: [new iam.CfnManagedPolicy(stack, 'Ipv6', { policyDocument: guideIpv6Document() }).ref] });
    },
    l2: stack => {
      l2CniRole(stack, [new iam.ManagedPolicy(stack, 'Ipv6', { document: iam.PolicyDocument.fromJson(guideIpv6Document()) })]);
    },
    nearMiss: stack => {
      const more = document(allow(['ec2:AssignIpv6Addresses', 'ec2:UnassignIpv6Addresses']));
      cfnCniRole(stack, { policies: [{ policyName: 'Ipv6', policyDocument: more }] });
      new CniIpv6Policy(stack, 'Ipv6');
    },
  },

  CniIpv6PolicyPartition: {
    region: 'cn-north-1',
    l1: stack => {
      cfnCniRole(stack, { policies: [{ policyName: 'Ipv6', policyDocument: todaysIpv6Document('aws') }] });
    },
    l2: stack => {
      // Attached to no role of the app.
      new iam.ManagedPolicy(stack, 'Ipv6', { document: iam.PolicyDocument.fromJson(todaysIpv6Document('aws')) });
    },
    nearMiss: stack => {
      cfnCniRole(stack, { policies: [{ policyName: 'Ipv6', policyDocument: todaysIpv6Document(Fn.ref('AWS::Partition')) }] });
      new CniIpv6Policy(stack, 'Ipv6');
    },
  },
};

function l2AutoScalingGroup(stack: Stack, role: iam.IRole, clusterName: string) {
  const group = new autoscaling.AutoScalingGroup(stack, 'Nodes', {
    vpc: vpc(stack),
    instanceType: new ec2.InstanceType('m7g.large'),
    machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }),
    role,
  });
  Tags.of(group).add(`kubernetes.io/cluster/${clusterName}`, 'owned');
}
