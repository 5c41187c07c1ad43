/**
 * Prints the roles of a synthesized app, whose folder is given by CDK_OUTDIR: who assumes them, their policies and the statements.
 */
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Principal?: Record<string, unknown>;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, any>;
}

const folder = process.env.CDK_OUTDIR ?? 'cdk.out';
for (const file of readdirSync(folder).filter(name => name.endsWith('.template.json'))) {
  const path = join(folder, file);
  showTemplate(JSON.parse(readFileSync(path, 'utf8')).Resources);
  console.log(`Template: ${path}`);
}

function showTemplate(resources: Record<string, Resource>) {
  for (const [id, { Type, Properties }] of Object.entries(resources)) {
    if (Type !== 'AWS::IAM::Role') { continue; }
    console.log(`${id} (${Properties.Description})`);
    for (const statement of Properties.AssumeRolePolicyDocument.Statement) {
      console.log(`  trust   ${Object.values(statement.Principal).map(text).join(', ')} may ${list(statement.Action)}`);
    }
    for (const policy of Properties.ManagedPolicyArns ?? []) {
      showPolicy(policy, resources);
    }
    console.log();
  }
}

function showPolicy(arn: any, resources: Record<string, Resource>) {
  const policy = resources[arn.Ref];
  console.log(`  policy  ${policy ? `${arn.Ref}, in this template:` : text(arn)}`);
  for (const statement of policy?.Properties.PolicyDocument.Statement ?? []) {
    showStatement(statement);
  }
}

function showStatement({ Effect, Action, Resource: resource, Condition }: Statement) {
  const condition = Condition ? ` if ${JSON.stringify(Condition)}` : '';
  console.log(`            ${Effect} on ${text(resource)}${condition}`);
  for (const action of [Action].flat()) {
    console.log(`              ${action}`);
  }
}

function list(value: string | string[]): string {
  return [value].flat().join(', ');
}

/** An ARN or a name as a person writes it, with what only the deployment knows in ${…}. */
function text(value: any): string {
  if (Array.isArray(value)) { return value.map(text).join(', '); }
  if (value?.['Fn::Join']) { return value['Fn::Join'][1].map(text).join(value['Fn::Join'][0]); }
  if (value?.Ref) { return `\${${value.Ref}}`; }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
