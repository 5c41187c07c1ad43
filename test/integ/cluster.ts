import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** A cluster in a VPC of its own with public subnets, for a test that is deployed and deleted. */
export class TestCluster extends Construct {
  public readonly cluster: eks.CfnCluster;
  public readonly subnets: string[];

  constructor(scope: Construct, id: string, ipFamily: 'ipv4' | 'ipv6') {
    super(scope, id);
    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipProtocol: ipFamily === 'ipv6' ? ec2.IpProtocol.DUAL_STACK : ec2.IpProtocol.IPV4_ONLY,
      maxAzs: 2,
      natGateways: 0,
      restrictDefaultSecurityGroup: false, // that would take a Lambda function
      subnetConfiguration: [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: true }],
    });
    this.subnets = vpc.publicSubnets.map(subnet => subnet.subnetId);
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('eks.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSClusterPolicy')],
    });
    this.cluster = new eks.CfnCluster(this, 'Cluster', {
      roleArn: role.roleArn,
      resourcesVpcConfig: { subnetIds: this.subnets },
      accessConfig: { authenticationMode: 'API' },
      kubernetesNetworkConfig: { ipFamily },
    });
    this.cluster.node.addDependency(vpc); // routes included
  }
}
