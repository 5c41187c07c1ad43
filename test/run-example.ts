import * as ts from 'typescript';

/** Runs the source of an example and gives back one of its constants. */
export function runExample(source: string, constant: string): any {
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exports: Record<string, unknown> = {};
  new Function('require', 'exports', `${outputText}\nexports.${constant} = ${constant};`)(require, exports);
  return exports[constant];
}
