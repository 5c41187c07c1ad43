import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';

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
