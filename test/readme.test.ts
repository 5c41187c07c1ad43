import { readFileSync } from 'fs';
import { join } from 'path';
import { Template } from 'aws-cdk-lib/assertions';
import { runExample } from './run-example';

const ROOT = join(__dirname, '..');
const FIXTURE = readFileSync(join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The examples by the heading that they stand under. */
const EXAMPLES = [...README.matchAll(/^```ts( nofixture)?\n([^]*?)^```$/gm)].map(match => {
  const heading = README.slice(0, match.index).match(/^#+ .*$/gm)?.pop();
  return [heading, match[1] ? match[2] : FIXTURE.replace('/// here', () => match[2])] as const;
});

/** What the stack of an example synthesizes, but for what the CDK puts into every template. */
function synthesize(source: string) {
  const { Parameters, Rules, ...template } = Template.fromStack(runExample(source, 'stack')).toJSON();
  expect(Object.keys({ ...Parameters, ...Rules })).toEqual(['BootstrapVersion', 'CheckBootstrapVersion']);
  return template;
}

test('there is a complete example by line 15', () => {
  const line = README.slice(0, README.indexOf('```\n')).split('\n').length;
  expect(line).toBeLessThanOrEqual(15);
  expect(EXAMPLES[0][1]).toMatch(/^import /);
});

test.each(EXAMPLES)('%s', (_, source) => {
  expect(synthesize(source)).toMatchSnapshot();
});
