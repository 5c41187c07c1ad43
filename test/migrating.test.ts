import { Template } from 'aws-cdk-lib/assertions';
import { blocksOf } from './docs/blocks';
import { runExample } from './run-example';

const BLOCKS = blocksOf('docs/migrating.md');

/** What the block with this behind `ts` synthesizes. */
function block(info: string): Record<string, any> {
  return Template.fromStack(runExample(BLOCKS.find(found => found.info === info)!.source, 'stack')).toJSON().Resources;
}

/** The name of an AWS managed policy in a template, whatever stands for its partition. */
function policyNames(role: any): string[] {
  return role.Properties.ManagedPolicyArns.map((arn: any) => JSON.stringify(arn).split('/').pop()!.replace(/\W/g, '')).sort();
}

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
