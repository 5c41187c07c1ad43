import { readFileSync } from 'fs';
import { join } from 'path';
import type { App } from 'aws-cdk-lib';
import type * as cxapi from 'aws-cdk-lib/cx-api';
import * as ts from 'typescript';
import type { Resources } from './resource-graph';

interface Environment {
  readonly region?: string;
  readonly context?: Record<string, string>;
}

/** Runs the source of an example and gives back one of its constants. */
export function runExample(source: string, constant: string): any {
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exports: Record<string, unknown> = {};
  new Function('require', 'exports', `${outputText}\nexports.${constant} = ${constant};`)(require, exports);
  return exports[constant];
}

/** Where the source of an example is. */
export function exampleFile(example: string): string {
  return join(__dirname, '..', 'examples', example, 'app.ts');
}

/** The app of an example, run as the CDK's command line does. */
export function exampleApp(example: string, { region, context = {} }: Environment = {}): App {
  const before = process.env;
  process.env = {
    ...before,
    CDK_CONTEXT_JSON: JSON.stringify(context),
    CDK_DEFAULT_ACCOUNT: region && '111122223333',
    CDK_DEFAULT_REGION: region,
  };
  try {
    return runExample(readFileSync(exampleFile(example), 'utf8'), 'app');
  } finally {
    process.env = before;
  }
}

/** What an example synthesizes. */
export function assemblyOf(example: string, environment?: Environment): cxapi.CloudAssembly {
  return exampleApp(example, environment).synth();
}

/** The resources of the only stack of an example. */
export function exampleResources(example: string, environment?: Environment): Resources {
  const { stacks } = assemblyOf(example, environment);
  expect(stacks).toHaveLength(1);
  return stacks[0].template.Resources;
}
