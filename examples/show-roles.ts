/**
 * Synthesizes an example into cdk.out/<name> and prints its roles: who may assume them, their policies and the statements.
 */
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Principal?: Record<string, unknown>;
  readonly Resource?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, any>;
}

const examples = readdirSync(__dirname, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name);
const [, , example = 'node-role'] = process.argv;
if (examples.includes(example)) {
  void show(example);
} else {
  console.error(`There is no example "${example}". These are: ${examples.join(', ')}`);
  process.exitCode = 1;
}

async function show(name: string) {
  const folder = join('cdk.out', name);
  process.env.CDK_OUTDIR = folder;
  await import(`./${name}/app`);
  for (const file of readdirSync(folder).filter(entry => entry.endsWith('.template.json'))) {
    const path = join(folder, file);
    showTemplate(JSON.parse(readFileSync(path, 'utf8')).Resources);
    console.log(`Template: ${path}`);
  }
}

function showTemplate(resources: Record<string, Resource>) {
  for (const [id, { Type, Properties }] of Object.entries(resources)) {
    if (Type !== 'AWS::IAM::Role') { continue; }
    console.log(Properties.Description ? `${id} (${Properties.Description})` : id);
    showTrust(Properties.AssumeRolePolicyDocument);
    for (const policy of Properties.ManagedPolicyArns ?? []) {
      showPolicy(policy, resources);
    }
    console.log();
  }
}

/** A trust policy is an object, or a JSON string where a key of it is known at deployment only. */
function showTrust(document: any) {
  const { Statement: statements } = document.Statement ? document : JSON.parse(text(document));
  for (const { Principal, Action, Condition } of statements as Statement[]) {
    console.log(`  trust   ${Object.values(Principal ?? {}).map(text).join(', ')} may ${text(Action)}`);
    showCondition(Condition);
  }
}

function showPolicy(arn: any, resources: Record<string, Resource>) {
  const policy = resources[arn.Ref];
  console.log(`  policy  ${policy ? `${arn.Ref}, in this template:` : text(arn)}`);
  for (const { Effect, Action, Resource: resource, Condition } of (policy?.Properties.PolicyDocument.Statement ?? []) as Statement[]) {
    console.log(`            ${Effect} on ${text(resource)}`);
    showCondition(Condition);
    for (const action of [Action].flat()) {
      console.log(`              ${action}`);
    }
  }
}

function showCondition(condition: Statement['Condition'] = {}) {
  for (const [operator, keys] of Object.entries(condition)) {
    for (const [key, value] of Object.entries(keys)) {
      console.log(`              if ${key} ${operator} ${text(value)}`);
    }
  }
}

/** A value as a person writes it, with what only the deployment knows in ${…}. */
function text(value: any): string {
  if (Array.isArray(value)) { return value.map(text).join(', '); }
  if (value === null || typeof value !== 'object') { return String(value); }
  const [[name, inner]] = Object.entries<any>(value);
  switch (name) {
    case 'Ref': return `\${${inner}}`;
    case 'Fn::GetAtt': return `\${${inner.join('.')}}`;
    case 'Fn::Join': return inner[1].map(text).join(inner[0]);
    case 'Fn::Select': return `${text(inner[1])}[${inner[0]}]`;
    case 'Fn::Split': return `${text(inner[1])}.split('${inner[0]}')`;
    default: return JSON.stringify(value);
  }
}
