/** Compares the templates of every cell of the matrix, FOLDER/<cell>/<example>, with the snapshots that were reviewed and with each other. */
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { format } from 'pretty-format';

/**
 * What a release of the CDK makes otherwise than the oldest one: "<example>/<logical id>", and what changed. Nothing that this library
 * makes can be among them.
 */
const CHANGES_OF_THE_CDK: Record<string, string> = {};

type Template = Record<string, Record<string, unknown>>;

interface TreeNode {
  readonly constructInfo?: { readonly fqn: string };
  readonly attributes?: Record<string, unknown>;
  readonly children?: Record<string, TreeNode>;
}

const [, , folder] = process.argv;
const [oldest, ...others] = readdirSync(folder).sort();
const examples = readdirSync(join(folder, oldest));
const reviewed = snapshots();
const failures: string[] = [];
const unseen = new Set(Object.keys(CHANGES_OF_THE_CDK));

for (const example of examples) {
  const { template, ours } = synthesized(oldest, example);
  if (formatted(template) !== reviewed[`every example, such as ${example}, has the template that was reviewed 1`]) {
    failures.push(`${example} with ${oldest} is not as in the snapshot`);
  }
  for (const cell of others) {
    for (const id of differences(template, synthesized(cell, example).template)) {
      const change = `${example}/${id}`;
      if (ours.has(id) || !(change in CHANGES_OF_THE_CDK)) {
        failures.push(`${change}, ${ours.has(id) ? 'of this library' : 'of the CDK'}, is with ${cell} not as with ${oldest}`);
      }
      unseen.delete(change);
    }
  }
}
unseen.forEach(change => failures.push(`${change} is named as a change of the CDK and is none`));

console.log([oldest, ...others].join('\n'));
Object.entries(CHANGES_OF_THE_CDK).forEach(([change, what]) => console.log(`The CDK changed ${change}: ${what}`));
if (failures.length > 0) {
  console.error(failures.join('\n'));
  process.exitCode = 1;
} else {
  console.log(`The templates of ${examples.length} examples are equal in all ${1 + others.length}, and to the snapshots.`);
}

function synthesized(cell: string, example: string) {
  const assembly = join(folder, cell, example);
  const [file] = readdirSync(assembly).filter(entry => entry.endsWith('.template.json'));
  return {
    template: JSON.parse(readFileSync(join(assembly, file), 'utf8')) as Template,
    ours: new Set(idsOfThisLibrary(JSON.parse(readFileSync(join(assembly, 'tree.json'), 'utf8')).tree)),
  };
}

/** The logical ids below the constructs of this library. */
function idsOfThisLibrary({ constructInfo, attributes, children = {} }: TreeNode, below = false): unknown[] {
  const inside = below || constructInfo?.fqn.startsWith('cdk-eks-node-role.') === true;
  return [
    ...(inside ? [attributes?.['aws:cdk:cloudformation:logicalId']] : []),
    ...Object.values(children).flatMap(child => idsOfThisLibrary(child, inside)),
  ];
}

/** The logical ids under which two templates differ, in whichever section. */
function differences(one: Template, other: Template): string[] {
  return keys(one, other).flatMap(section => {
    const [here = {}, there = {}] = [one[section], other[section]];
    return keys(here, there).filter(id => JSON.stringify(here[id]) !== JSON.stringify(there[id]));
  });
}

function keys(one: object, other: object): string[] {
  return Object.keys({ ...one, ...other });
}

function snapshots(): Record<string, string> {
  const exports: Record<string, string> = {};
  new Function('exports', readFileSync(join(__dirname, '..', '__snapshots__', 'examples.test.ts.snap'), 'utf8'))(exports);
  return exports;
}

/** As test/examples.test.ts and jest write it. */
function formatted({ Parameters: { BootstrapVersion, ...Parameters }, Rules, ...template }: Template): string {
  return `\n${format({ Parameters, ...template }, { escapeString: false, printBasicPrototype: false })}\n`;
}
