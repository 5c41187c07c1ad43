import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';

/** A stack of an app of its own; without a region it is environment-agnostic. */
export function newStack(region?: string): Stack {
  return new Stack(new App(), 'Stack', region ? { env: { account: '111122223333', region } } : {});
}

/** The resources of a stack, whole, by logical id. */
export function resourcesOf(stack: Stack): Record<string, any> {
  return Template.fromStack(stack).toJSON().Resources ?? {};
}

/** The properties of the only resource of a type. */
export function onlyResource(stack: Stack, type: string): any {
  const found = Object.values(resourcesOf(stack)).filter(resource => resource.Type === type);
  expect(found).toHaveLength(1);
  return found[0].Properties;
}

/** The properties of the only role. */
export function onlyRole(stack: Stack): any {
  return onlyResource(stack, 'AWS::IAM::Role');
}

/** The statements of the only customer managed policy. */
export function onlyPolicyStatements(stack: Stack): any[] {
  return onlyResource(stack, 'AWS::IAM::ManagedPolicy').PolicyDocument.Statement;
}

/** How the ARN of an AWS managed policy stands in a template. */
export function awsManagedPolicyArn(name: string) {
  return arn(`:iam::aws:policy/${name}`);
}

/** How an ARN in the stack's own partition stands in a template. */
export function arn(rest: string) {
  return { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, rest]] };
}

/** The warnings of a stack: construct path and text. */
export function warningsOf(stack: Stack): [string, unknown][] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ id, entry }) => [id, entry.data]);
}

/** What a value of a template is once it is deployed; `attributes` has the values of `Ref`, `Fn::GetAtt` and `Fn::ImportValue`, as JSON. */
export function deployed(value: any, attributes: Record<string, string>): any {
  if (Array.isArray(value)) { return value.map(item => deployed(item, attributes)); }
  if (typeof value !== 'object') { return value; }
  const [[key, argument]] = Object.entries<any>(value);
  switch (key) {
    case 'Fn::Join': return deployed(argument[1], attributes).join(argument[0]);
    case 'Fn::Split': return deployed(argument[1], attributes).split(argument[0]);
    case 'Fn::Select': return deployed(argument[1], attributes)[argument[0]];
  }
  const json = JSON.stringify(value);
  if (!(json in attributes)) { throw new Error(`no value for ${json}`); }
  return attributes[json];
}

/** All resource types of a stack, sorted. */
export function resourceTypes(stack: Stack): string[] {
  return Object.values(resourcesOf(stack)).map(resource => resource.Type).sort();
}

/** A cluster that is imported by its name. */
export function importedCluster(stack: Stack, name: string = 'my-cluster', id: string = 'Cluster'): eks.ICluster {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, `${id}Vpc`, { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });
  return eks.Cluster.fromClusterAttributes(stack, id, { clusterName: name, vpc });
}
