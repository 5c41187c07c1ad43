import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Template } from 'aws-cdk-lib/assertions';
import { blocksOf, filesBelow, PAGES, ROOT } from './docs/blocks';
import { warningsOf } from './helpers';
import { runExample } from './run-example';

// Ids of cdk-nag are refused by the oldest release that the library supports: `npm run test:valid` runs that block with the newest.
const BLOCKS = PAGES.filter(page => page !== 'README.md').flatMap(blocksOf).filter(({ info }) => info !== 'cdk-nag');

function templateOf(page: string, info: string): Template {
  const block = BLOCKS.find(found => found.page === page && found.info === info)!;
  return Template.fromStack(runExample(block.source, 'stack'));
}

/** The names of the managed policies of a role, whatever stands for the partition. */
function policiesOf(template: Template, logicalId: RegExp): string[] {
  const [[, role]] = Object.entries(template.findResources('AWS::IAM::Role')).filter(([id]) => logicalId.test(id));
  return role.Properties.ManagedPolicyArns.map((policy: unknown) => JSON.stringify(policy).match(/:policy\/(\w+)/)?.[1]);
}

test.each(BLOCKS)('$page, line $line: makes a template, without a warning', ({ source }) => {
  const stack = runExample(source, 'stack');
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources).length).toBeGreaterThan(0);
  expect(warningsOf(stack)).toEqual([]);
});

test('the index lists every page', () => {
  const index = readFileSync(join(ROOT, 'docs/README.md'), 'utf8');
  const pages = readdirSync(join(ROOT, 'docs')).filter(file => file.endsWith('.md') && file !== 'README.md');
  expect(pages.filter(page => !index.includes(`](${page})`))).toEqual([]);
});

test('troubleshooting knows every warning', () => {
  const page = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8');
  const ids = new Set(filesBelow('src').filter(file => file.endsWith('.ts'))
    .flatMap(file => readFileSync(join(ROOT, file), 'utf8').match(/(?<=addWarningV2\(')[^']+/g) ?? []));
  expect(ids.size).toBeGreaterThan(2);
  expect([...ids].filter(id => !page.includes(`| \`${id}\` |`))).toEqual([]);
});

test('troubleshooting quotes errors as they are', () => {
  const page = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8');
  const quoted = page.slice(page.indexOf('\n## Errors of this library')).match(/(?<=^\| `)[^`]+(?=` \|)/gm)!;
  const sources = filesBelow('src').filter(file => file.endsWith('.ts')).map(file => readFileSync(join(ROOT, file), 'utf8')).join();
  expect(quoted).toHaveLength(6);
  expect(quoted.filter(text => !text.split(' … ').map(part => part.replace(/ …$/, '')).every(part => sources.includes(part)))).toEqual([]);
});

describe('moving the VPC CNI plugin', () => {
  const page = 'docs/moving-the-cni.md';

  test('step 2 changes the managed policies of the node role, and nothing else', () => {
    const [step1, step2] = [templateOf(page, 'step=1'), templateOf(page, 'step=2')];
    expect(policiesOf(step1, /^NodeRole[0-9A-F]{8}$/)).toContain('AmazonEKS_CNI_Policy');
    expect(policiesOf(step2, /^NodeRole[0-9A-F]{8}$/)).not.toContain('AmazonEKS_CNI_Policy');
    expect(policiesOf(step2, /^NodeRoleVpcCniRole/)).toEqual(['AmazonEKS_CNI_Policy']);
    const without = (template: Template) => JSON.parse(JSON.stringify(template.toJSON()), (key, value) => key === 'ManagedPolicyArns' ? undefined : value);
    expect(without(step2)).toEqual(without(step1));
  });

  test('the second node role keeps the policy in step 1, and makes no role of its own in step 2', () => {
    expect(policiesOf(templateOf(page, 'second=1'), /^SecondNodeRole/)).toContain('AmazonEKS_CNI_Policy');
    const step2 = templateOf(page, 'second=2');
    expect(policiesOf(step2, /^SecondNodeRole/)).not.toContain('AmazonEKS_CNI_Policy');
    step2.resourceCountIs('AWS::EKS::PodIdentityAssociation', 1);
    step2.resourceCountIs('AWS::IAM::Role', 3);
  });
});

test('the permission to pass a role is in a managed policy, not inline', () => {
  const template = templateOf('docs/self-managed-nodes.md', 'karpenter=policy');
  template.resourceCountIs('AWS::IAM::Policy', 0);
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 1);
});

test('a policy that exists is referred to, and none is made', () => {
  const template = templateOf('docs/ipv6.md', 'existing=policy');
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  expect(policiesOf(template, /^ExistingPolicyNodeRole/)).toContain('AmazonEKS_CNI_IPv6_Policy');
});

test('the mixin takes the policy of the plugin off only where it is told so', () => {
  expect(policiesOf(templateOf('docs/existing-roles.md', 'mixin=nodegroup'), /^Nodegroup/)).toContain('AmazonEKS_CNI_Policy');
  expect(policiesOf(templateOf('docs/existing-roles.md', 'mixin=cni'), /^Nodegroup/)).not.toContain('AmazonEKS_CNI_Policy');
});
