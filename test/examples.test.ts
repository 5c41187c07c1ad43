import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import type * as cxapi from 'aws-cdk-lib/cx-api';
import { arn } from './helpers';
import { before, Resources } from './resource-graph';
import { violationsIn } from './rules/check';
import { assemblyOf, exampleApp, exampleFile } from './run-example';

const ROOT = join(__dirname, '..');
const EXAMPLES = readdirSync(join(ROOT, 'examples'), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name);

/** What the validator says of an example besides nothing: the plugin has its permissions on the node role. */
const SHOWN: Record<string, string[]> = {
  'karpenter': ['warning NodeRoleVpcCniOnNode'],
  'migration': ['warning NodeRoleVpcCniOnNode'],
  'node-role': ['warning NodeRoleVpcCniOnNode', 'warning NodeRoleVpcCniOnNode'],
  'self-managed-nodes': ['warning NodeRoleVpcCniOnNode'],
  'windows': ['warning NodeRoleVpcCniOnNode'],
};

/** No inline policy, no Lambda function, no custom resource. */
const EXPECTED_TYPES = /^AWS::(AutoScaling|EC2|EKS|IAM)::(?!\w*Policy$)|^AWS::IAM::ManagedPolicy$/;

test('the README lists the examples', () => {
  const listed = readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/^\| \[`([\w-]+)`\]\(https:\S+\/examples\/\1\/app\.ts\) \| /gm);
  expect([...listed].map(match => match[1]).sort()).toEqual([...EXAMPLES].sort());
});

describe.each(EXAMPLES)('every example, such as %s,', example => {
  test('says in its first lines what it shows', () => {
    expect(readFileSync(exampleFile(example), 'utf8')).toMatch(/^\/\*\*\n \* [A-Z]/);
  });

  test('is right in the eyes of the validator', () => {
    expect(violationsIn(exampleApp(example)).map(({ severity, ruleName }) => `${severity} ${ruleName}`)).toEqual(SHOWN[example] ?? []);
  });

  test('has the template that was reviewed', () => {
    const { Parameters: { BootstrapVersion, ...Parameters }, Rules, ...template } = assemblyOf(example).stacks[0].template;
    expect({ Parameters, ...template }).toMatchSnapshot();
  });

  describe.each(['any region', 'us-east-1', 'cn-north-1', 'us-gov-west-1', 'eusc-de-east-1'])('in %s', name => {
    const region = name === 'any region' ? undefined : name;
    let assembly: cxapi.CloudAssembly;
    beforeAll(() => { assembly = assemblyOf(example, { region }); });

    test('synthesizes without warning, look-up or asset', () => {
      const { stacks, manifest, directory } = assembly;
      expect(stacks.flatMap(stack => stack.messages)).toEqual([]);
      expect(manifest.missing).toBeUndefined();
      expect(readdirSync(directory).filter(file => file.startsWith('asset.'))).toEqual([]);
    });

    test('has no inline policy, Lambda function or custom resource, and policies in the partition of the stack', () => {
      const { template } = assembly.stacks[0];
      const resources: Resources = template.Resources;
      expect(Object.values(resources).map(resource => resource.Type).filter(type => !EXPECTED_TYPES.test(type))).toEqual([]);
      expect(JSON.stringify(template)).not.toMatch(/arn:aws/);
      for (const { Type, Properties } of Object.values(resources)) {
        if (Type !== 'AWS::IAM::Role') { continue; }
        expect(Properties.Policies).toBeUndefined();
        for (const policy of Properties.ManagedPolicyArns) {
          if (policy.Ref) {
            expect(resources[policy.Ref].Type).toBe('AWS::IAM::ManagedPolicy');
          } else {
            expect(policy).toEqual(arn(expect.stringMatching(/^:iam::aws:policy\/Amazon\w+$/)));
          }
        }
      }
    });

    test('has no cycle', () => {
      const resources: Resources = assembly.stacks[0].template.Resources;
      expect(Object.keys(resources).filter(id => before(resources, id).has(id))).toEqual([]);
    });
  });
});
