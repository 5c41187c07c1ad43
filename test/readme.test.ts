import { Template } from 'aws-cdk-lib/assertions';
import { blocksOf } from './docs/blocks';
import { runExample } from './run-example';

const EXAMPLES = blocksOf('README.md');

/** What the stack of an example synthesizes, but for what the CDK puts into every template. */
function synthesize(source: string) {
  const { Parameters, Rules, ...template } = Template.fromStack(runExample(source, 'stack')).toJSON();
  expect(Object.keys({ ...Parameters, ...Rules })).toEqual(['BootstrapVersion', 'CheckBootstrapVersion']);
  return template;
}

test('there is a complete example by line 15', () => {
  const [{ line, code }] = EXAMPLES;
  expect(line + code.split('\n').length).toBeLessThanOrEqual(15);
  expect(code).toMatch(/^import /);
});

test.each(EXAMPLES)('$heading', ({ source }) => {
  expect(synthesize(source)).toMatchSnapshot();
});
