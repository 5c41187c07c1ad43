/** Roles by the library (`ours`) and the same templates by plain constructs of the CDK (`plain`). */
const { Fn, Lazy } = require('aws-cdk-lib');
const eks = require('aws-cdk-lib/aws-eks');
const iam = require('aws-cdk-lib/aws-iam');
const { Construct } = require('constructs');
const library = require('../..');

const aws = name => iam.ManagedPolicy.fromAwsManagedPolicyName(name);
const allow = (actions, resources = ['*']) => new iam.PolicyStatement({ actions, resources });
const plainRole = (scope, id, managedPolicies) => new iam.Role(scope, id, {
  assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
  description: 'Amazon EKS - Node role',
  managedPolicies,
});
const twoPolicies = () => [aws('AmazonEKSWorkerNodePolicy'), aws('AmazonEC2ContainerRegistryReadOnly')];
const plainCniRole = (scope, assumedBy) => new iam.Role(new Construct(scope, 'VpcCniRole'), 'Default', {
  assumedBy,
  description: 'Amazon EKS - VPC CNI role',
  managedPolicies: [aws('AmazonEKS_CNI_Policy')],
});

/** The OIDC provider of a stack, whose ARN only the deployment knows. */
const oidcProvider = stack => stack.node.tryFindChild('Provider') ??
  new iam.CfnOIDCProvider(stack, 'Provider', { url: 'https://example.com', clientIdList: ['sts.amazonaws.com'] });
/** A cluster of a role's own: EKS takes one association for a service account. */
const cluster = (stack, id) => eks.Cluster.fromClusterAttributes(stack, `Cluster${id}`, { clusterName: `cluster-${id}` });

module.exports = {
  'AWS managed policies': {
    ours: (stack, id) => new library.EksNodeRole(stack, id, { vpcCni: library.VpcCniPermissions.onNodeRole() }),
    plain: (stack, id) => plainRole(stack, id, [...twoPolicies(), aws('AmazonEKS_CNI_Policy')]),
  },
  'shared IPv6 policy': {
    ours: (stack, id) => new library.EksNodeRole(stack, id, {
      vpcCni: library.VpcCniPermissions.onNodeRole({ ipFamily: library.VpcCniIpFamily.IPV6 }),
    }),
    plain: (stack, id) => plainRole(stack, id, [
      ...twoPolicies(),
      stack.node.tryFindChild('AmazonEKS_CNI_IPv6_Policy') ?? new iam.ManagedPolicy(stack, 'AmazonEKS_CNI_IPv6_Policy', {
        statements: [
          allow([
            'ec2:AssignIpv6Addresses', 'ec2:DescribeInstanceTypes', 'ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces',
            'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeTags',
          ]),
          allow(['ec2:CreateTags'], [`arn:${stack.partition}:ec2:*:*:network-interface/*`]),
        ],
      }),
    ]),
  },
  'own statements': {
    ours: (stack, id) => new library.EksNodeRole(stack, id, {
      workerNodePolicy: library.WorkerNodePolicy.leastPrivilege(),
      containerRegistryPolicy: library.ContainerRegistryPolicy.leastPrivilege(),
      vpcCni: library.VpcCniPermissions.grantedElsewhere(),
    }),
    plain: (stack, id) => {
      const scope = new Construct(stack, id);
      plainRole(scope, 'Default', [new iam.ManagedPolicy(scope, 'NodePolicy', {
        statements: [
          allow(['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'eks:DescribeCluster', 'eks-auth:AssumeRoleForPodIdentity']),
          allow(['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']),
        ],
      })]);
    },
  },
  'CNI role by IRSA': {
    ours: (stack, id) => new library.EksNodeRole(stack, id, {
      vpcCni: library.VpcCniPermissions.onSeparateRole({ identity: library.VpcCniIdentity.irsa({ oidcProvider: oidcProvider(stack) }) }),
    }),
    plain: (stack, id) => {
      const { ref } = oidcProvider(stack);
      const issuer = Fn.select(1, Fn.split(':oidc-provider/', ref));
      const scope = new Construct(stack, id);
      const { assumeRolePolicy, node } = plainCniRole(scope, new iam.WebIdentityPrincipal(ref, {
        StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: 'system:serviceaccount:kube-system:aws-node' },
      }));
      node.defaultChild.assumeRolePolicyDocument = Lazy.uncachedAny({ produce: () => stack.toJsonString(assumeRolePolicy) });
      plainRole(scope, 'Default', twoPolicies());
    },
  },
  'CNI role by Pod Identity': {
    ours: (stack, id) => new library.EksNodeRole(stack, id, {
      vpcCni: library.VpcCniPermissions.onSeparateRole({ identity: library.VpcCniIdentity.podIdentity({ cluster: cluster(stack, id) }) }),
    }),
    plain: (stack, id) => {
      const { clusterArn, clusterName } = cluster(stack, id);
      const scope = new Construct(stack, id);
      const cniRole = plainCniRole(scope, new iam.ServicePrincipal('pods.eks.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:RequestTag/kubernetes-namespace': 'kube-system',
            'aws:RequestTag/kubernetes-service-account': 'aws-node',
            'aws:RequestTag/eks-cluster-arn': clusterArn,
          },
        },
      }).withSessionTags());
      const association = new eks.CfnPodIdentityAssociation(cniRole.node.scope, 'Association', {
        clusterName, namespace: 'kube-system', serviceAccount: 'aws-node', roleArn: cniRole.roleArn,
      });
      plainRole(scope, 'Default', twoPolicies()).node.addDependency(association);
    },
  },
};
