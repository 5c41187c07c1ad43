import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import { Build, RULE_APPS } from './apps';
import { reported } from './check';
import { cluster, clusterV1, nodeRole } from './parts';
import { RULES } from '../../src/private/node-role-rules';
import { EksNodeRole, VpcCniPermissions } from 'cdk-eks-node-role';

const PRIVATE = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };

/** What people write every day, and what is wrong with it. */
export const EVERYDAY_APPS: Record<string, { readonly build: Build; readonly expected: string[] }> = {
  'node group of `aws-eks`': {
    build: stack => { clusterV1(stack).addNodegroupCapacity('Nodes'); },
    expected: ['warning NodeRoleVpcCniOnNode'],
  },
  'node group of `aws-eks`, IPv6': {
    build: stack => { clusterV1(stack, { ipFamily: eks.IpFamily.IP_V6 }).addNodegroupCapacity('Nodes'); },
    expected: ['warning NodeRoleVpcCniOnNode', 'warning NodeRolePolicyOrdering'],
  },
  'node group of `aws-eks-v2`': {
    build: stack => { cluster(stack).addNodegroupCapacity('Nodes'); },
    expected: ['warning NodeRoleVpcCniOnNode'],
  },
  'self-managed nodes of `aws-eks-v2`': {
    build: stack => { cluster(stack).addAutoScalingGroupCapacity('Nodes', { instanceType: new ec2.InstanceType('m7g.large'), vpcSubnets: PRIVATE }); },
    expected: ['warning NodeRoleVpcCniOnNode', 'warning NodeAccessEntryMissing'],
  },
  'EKS Auto Mode of `aws-eks-v2`': {
    build: stack => { cluster(stack, { defaultCapacityType: eksv2.DefaultCapacityType.AUTOMODE, defaultCapacity: undefined }); },
    expected: [],
  },
  '`EksNodeRole` with nothing chosen': {
    build: stack => { new EksNodeRole(stack, 'NodeRole'); },
    expected: ['warning NodeRoleVpcCniPermissions'],
  },
  '`EksNodeRole`, VPC CNI on the node role': {
    build: stack => { nodeRole(stack, { vpcCni: VpcCniPermissions.onNodeRole() }); },
    expected: ['warning NodeRoleVpcCniOnNode'],
  },
  '`EksNodeRole`, VPC CNI elsewhere': {
    build: stack => { nodeRole(stack); },
    expected: [],
  },
};

const list = (names: string[]) => names.length > 0 ? names.map(name => name.replace(/(\w+)$/, '`$1`')).join(', ') : 'nothing';
const run = (build: (stack: Stack) => void, region?: string) => list(reported(build, region));

/** The page about the rules, with what the validator reports of each app. */
export function rulesDoc(): string {
  return [
    '<!-- Written by `npm run docs:rules` -->',
    '# Rules',
    '',
    'What `NodeRoleValidator` and `cdk-eks-node-role check` look at. Errors fail synthesis; acknowledge a finding with',
    '`Validations.of(scope).acknowledge({ id: \'cdk-eks-node-role::<rule>\', reason: \'…\' })`. What can not be seen is never guessed.',
    '',
    ...RULES.flatMap(rule => [
      `## ${rule.id}`,
      '',
      `${rule.title} (${rule.severity}${rule.id === 'NodeRoleQuota' ? '; error where IAM takes no more' : ''}). ${rule.why} [More](${rule.see})`,
      '',
      `${rule.fix}.`,
      '',
      `For: ${rule.kinds.join(', ')}.${rule.onlyTemplatesShow === undefined ? '' : ` In an account not visible: ${rule.onlyTemplatesShow}.`}`,
      '',
    ]),
    '# What the validator reports',
    '',
    'For each rule, of an app that breaks it by L1 constructs, of one that breaks it by L2 constructs, and of one that comes close and is right',
    '([apps.ts](../test/rules/apps.ts)):',
    '',
    '| rule | L1 | L2 | close |',
    '|---|---|---|---|',
    ...RULES.map(({ id }) => {
      const { region, l1, l2, nearMiss } = RULE_APPS[id];
      return `| ${id} | ${run(l1, region)} | ${run(l2, region)} | ${run(nearMiss, region)} |`;
    }),
    '',
    'Of what people write every day:',
    '',
    '| app | reported |',
    '|---|---|',
    ...Object.entries(EVERYDAY_APPS).map(([name, { build }]) => `| ${name} | ${run(build)} |`),
    '',
  ].join('\n');
}
