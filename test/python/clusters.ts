/** The clusters of clusters.py, in TypeScript: one of each kind that the CDK has. */
import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export class Clusters extends Stack {
  public readonly l1: eks.CfnCluster;
  public readonly v1: eks.Cluster;
  public readonly v2: eksv2.Cluster;
  public readonly imported: eks.ICluster;
  public readonly oidcProvider: iam.CfnOIDCProvider;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    this.l1 = new eks.CfnCluster(this, 'L1', {
      roleArn: 'arn:aws:iam::111122223333:role/cluster',
      resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] },
    });
    this.oidcProvider = new iam.CfnOIDCProvider(this, 'OidcProvider', {
      url: this.l1.attrOpenIdConnectIssuerUrl,
      clientIdList: ['sts.amazonaws.com'],
    });

    this.v1 = new eks.Cluster(this, 'V1', {
      version: eks.KubernetesVersion.V1_34,
      kubectlLayer: lambda.LayerVersion.fromLayerVersionArn(this, 'Kubectl', 'arn:aws:lambda:us-east-1:111122223333:layer:kubectl:1'),
      authenticationMode: eks.AuthenticationMode.API,
      defaultCapacity: 0,
    });

    this.v2 = new eksv2.Cluster(this, 'V2', {
      version: eksv2.KubernetesVersion.V1_34,
      defaultCapacityType: eksv2.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
    });

    this.imported = eks.Cluster.fromClusterAttributes(this, 'Imported', { clusterName: 'imported' });
  }
}
