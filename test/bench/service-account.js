/**
 * The VPC CNI on a role of its own, by the library and by the CDK's own way, `ServiceAccount`: the role has `AmazonEKS_CNI_Policy` and is
 * in force for `kube-system/aws-node` in the end. Each way is measured with what it needs beside a cluster.
 */
const eks = require('aws-cdk-lib/aws-eks');
const eksv2 = require('aws-cdk-lib/aws-eks-v2');
const iam = require('aws-cdk-lib/aws-iam');
const lambda = require('aws-cdk-lib/aws-lambda');
const { compare, synthesize } = require('./measure');
const library = require('../..');

/** What new projects of the CDK get, and what spares the CDK's way a custom resource. */
const CONTEXT = { '@aws-cdk/aws-eks:useNativeOidcProvider': true };

const kubectlLayer = stack => lambda.LayerVersion.fromLayerVersionArn(stack, 'Kubectl', 'arn:aws:lambda:us-east-1:111122223333:layer:kubectl:1');
const cluster = (stack, kubectl) => new eksv2.Cluster(stack, 'Cluster', {
  version: eksv2.KubernetesVersion.V1_34,
  defaultCapacityType: eksv2.DefaultCapacityType.NODEGROUP,
  defaultCapacity: 0,
  ...kubectl && { kubectlProviderOptions: { kubectlLayer: kubectlLayer(stack) } },
});
const clusterV1 = stack => new eks.Cluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_34, kubectlLayer: kubectlLayer(stack), defaultCapacity: 0 });

/** `overwriteServiceAccount`, since every cluster has this one from the start. */
const AWS_NODE = { name: 'aws-node', namespace: 'kube-system', overwriteServiceAccount: true };
const serviceAccount = (cluster, options) => cluster.addServiceAccount('ServiceAccount', { ...AWS_NODE, ...options })
  .role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKS_CNI_Policy'));

const WAYS = [
  {
    name: 'IRSA, VpcCniRole',
    alone: stack => cluster(stack),
    fill: stack => {
      const { clusterName, openIdConnectProvider } = cluster(stack);
      const cniRole = new library.VpcCniRole(stack, 'VpcCniRole', { identity: library.VpcCniIdentity.irsa({ oidcProvider: openIdConnectProvider }) });
      new eks.CfnAddon(stack, 'Addon', { addonName: 'vpc-cni', clusterName, serviceAccountRoleArn: cniRole.serviceAccountRoleArn });
    },
  },
  {
    name: 'IRSA, ServiceAccount of aws-eks-v2',
    alone: stack => cluster(stack),
    fill: stack => serviceAccount(cluster(stack, true)),
  },
  {
    name: 'IRSA, addServiceAccount of aws-eks',
    alone: stack => clusterV1(stack), // which has kubectl anyway
    fill: stack => serviceAccount(clusterV1(stack)),
  },
  {
    name: 'Pod Identity, VpcCniRole',
    alone: stack => cluster(stack),
    fill: stack => {
      const inCluster = cluster(stack);
      inCluster.eksPodIdentityAgent; // makes the add-on that the other way makes by itself
      new library.VpcCniRole(stack, 'VpcCniRole', { identity: library.VpcCniIdentity.podIdentity({ cluster: inCluster }) });
    },
  },
  {
    name: 'Pod Identity, ServiceAccount of aws-eks-v2',
    alone: stack => cluster(stack),
    fill: stack => serviceAccount(cluster(stack, true), { identityType: eksv2.IdentityType.POD_IDENTITY }),
  },
];

/** What stands in the templates of a stack. */
function count(fill) {
  const { templates } = synthesize(fill, CONTEXT);
  const types = templates.flatMap(template => Object.values(JSON.parse(template).Resources).map(({ Type }) => Type));
  return {
    resources: types.length,
    lambdas: types.filter(type => type === 'AWS::Lambda::Function').length,
    customResources: types.filter(type => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource').length,
    bytes: templates.reduce((sum, template) => sum + template.length, 0),
  };
}

/** For each way, what it adds to a cluster alone. */
function compareWays(rounds) {
  return WAYS.map(({ name, alone, fill }) => {
    const [without, having] = [count(alone), count(fill)];
    const added = Object.fromEntries(Object.keys(having).map(key => [key, having[key] - without[key]]));
    const { difference } = compare(rounds, ...[fill, alone].map(side => () => synthesize(side, CONTEXT).milliseconds));
    return { name, ...added, milliseconds: difference };
  });
}

module.exports = { compareWays };
