import { readFileSync } from 'fs';
import { join } from 'path';
import { Template } from 'aws-cdk-lib/assertions';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..');
const FIXTURE = readFileSync(join(ROOT, 'rosetta', 'migrating.ts-fixture'), 'utf8');
const PAGE = readFileSync(join(ROOT, 'docs', 'migrating.md'), 'utf8');

/** The blocks by what stands behind `ts`, or by their first line. */
const BLOCKS = [...PAGE.matchAll(/^```ts ?(.*)\n([^]*?)^```$/gm)].map(([, info, code]) => ({
  name: info || code.split('\n')[0],
  source: FIXTURE.replace('/// here', () => code),
}));

/** What a block synthesizes. */
function resourcesOf(source: string): Record<string, any> {
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const module = { exports: {} as { stack?: any } };
  new Function('require', 'exports', `${outputText}\nexports.stack = stack;`)(require, module.exports);
  return Template.fromStack(module.exports.stack).toJSON().Resources;
}

function block(name: string): Record<string, any> {
  return resourcesOf(BLOCKS.find(found => found.name === name)!.source);
}

/** The name of an AWS managed policy in a template, whatever stands for its partition. */
function policyNames(role: any): string[] {
  return role.Properties.ManagedPolicyArns.map((arn: any) => JSON.stringify(arn).split('/').pop()!.replace(/\W/g, '')).sort();
}

test('all blocks compile', () => {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.dev.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, ROOT);
  const files = new Map(BLOCKS.map(({ source }, index) => [join(ROOT, 'docs', `block-${index}.ts`), source]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = file => files.has(file) || fileExists(file);
  host.readFile = file => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, version) => {
    const text = host.readFile(file);
    return text === undefined ? undefined : ts.createSourceFile(file, text, version);
  };
  const unused = { noUnusedLocals: false, noUnusedParameters: false };
  const program = ts.createProgram([...files.keys()], { ...options, ...unused, noEmit: true }, host);
  const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  expect(problems).toEqual([]);
  expect(files.size).toBe(8);
}, 60_000);

test.each(BLOCKS)('$name synthesizes', ({ source }) => {
  expect(Object.keys(resourcesOf(source)).length).toBeGreaterThan(0);
});

test('from a plain role: only the description is new', () => {
  const [before, after] = [block('before=plain'), block('after=plain')];
  expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
  const [id, role] = Object.entries(before).find(([, { Type }]) => Type === 'AWS::IAM::Role')!;
  expect(policyNames(after[id])).toEqual(policyNames(role));
  const { Description, ManagedPolicyArns: _, ...properties } = after[id].Properties;
  const { ManagedPolicyArns: __, ...was } = role.Properties;
  expect(properties).toEqual(was);
  expect(Description).toBe('Amazon EKS - Node role');
});

test('from the defaults of a node group: the role and the node group stay, the CNI policy moves', () => {
  const [before, after] = [block('before=nodegroup'), block('after=nodegroup')];
  const [id, role] = Object.entries(before).find(([, { Type }]) => Type === 'AWS::IAM::Role')!;
  expect(Object.keys(after)).toEqual(expect.arrayContaining(Object.keys(before)));
  const [nodegroup] = Object.entries(before).find(([, { Type }]) => Type === 'AWS::EKS::Nodegroup')!;
  expect(after[nodegroup].Properties).toEqual(before[nodegroup].Properties);
  expect(policyNames(role)).toEqual(['AmazonEC2ContainerRegistryReadOnly', 'AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy']);
  expect(policyNames(after[id])).toEqual(['AmazonEC2ContainerRegistryPullOnly', 'AmazonEC2ContainerRegistryReadOnly', 'AmazonEKSWorkerNodePolicy']);
  expect(Object.values(after).filter(({ Type }) => Type === 'AWS::EKS::PodIdentityAssociation')).toHaveLength(1);
});
