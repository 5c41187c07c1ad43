import { App, PolicyViolation, Stack } from 'aws-cdk-lib';
import { Build } from './apps';
import { NodeRoleValidator } from 'cdk-eks-node-role';

/** What the validator reports of an app. */
export function violationsIn(app: App): PolicyViolation[] {
  const templatePaths = app.synth().stacksRecursively.map(stack => stack.templateFullPath);
  return new NodeRoleValidator().validate({ appConstruct: app, templatePaths } as Parameters<NodeRoleValidator['validate']>[0]).violations;
}

/** An app of one stack. */
export function appOf(build: Build, region?: string): App {
  const app = new App({ analyticsReporting: false });
  build(new Stack(app, 'Stack', region === undefined ? {} : { env: { account: '111122223333', region } }));
  return app;
}

/** The rules that the validator reports of a stack, with their severities. */
export function reported(build: Build, region?: string): string[] {
  return violationsIn(appOf(build, region)).map(violation => `${violation.severity} ${violation.ruleName}`);
}
