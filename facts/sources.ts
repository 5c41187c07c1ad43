import { ACTIONS, MANAGED_POLICIES } from './facts';
import { Fetch, unlessGone } from './fetch';
import { documentsIn, statementsOf } from './statements';
import * as permissions from '../src/private/permissions';

/** What a source says: lines by subject, both comparable as text. */
export type Sayings = Record<string, string[]>;

/** Where facts can be read by a machine. */
export interface Source {
  readonly id: string;
  /** For people to read. */
  readonly page: string;
  /** The sources, as the facts file names them, that this one stands for. */
  readonly covers: RegExp;
  /** What to do where it moved. */
  readonly change: string;
  /** What the facts file says; absent where it only names the subject, so that what the source said is recorded. */
  readonly expected?: Sayings;
  observe(fetch: Fetch): Promise<Sayings>;
  /** The day from which the source says so of a subject, where it tells. */
  since?(subject: string, fetch: Fetch): Promise<string | undefined>;
}

const RAW = 'https://raw.githubusercontent.com';

/** The day of the last change of a file on GitHub. */
function lastCommit(repository: string, path: string) {
  return async (_: string, fetch: Fetch): Promise<string | undefined> => {
    const commits = JSON.parse(await fetch(`https://api.github.com/repos/${repository}/commits?path=${path}&per_page=1`));
    return commits[0]?.commit.committer.date.slice(0, 10);
  };
}

// ── AWS managed policies ────────────────────────────────────────────────────────────────────────

const POLICIES = 'iann0036/iam-dataset';

/** Names of policies that a node role may want: a new one is worth knowing. */
const NODE_POLICIES = /^(AmazonEC2ContainerRegistry|AmazonEKSWorkerNode|AmazonEKS_CNI|AmazonSSMManaged)/;

async function managedPolicy(name: string, fetch: Fetch) {
  return JSON.parse(await fetch(`${RAW}/${POLICIES}/main/aws/managedpolicies/${name}.json`));
}

const managedPolicies: Source = {
  id: 'aws-managed-policies',
  page: `https://github.com/${POLICIES}/tree/main/aws/managedpolicies`,
  covers: /aws-managed-policy|awsmanpol|auto-create-node-role/,
  change: 'Read what AWS changed, look through the documentation and the statements of one\'s own that stand in for the policy, then run `npm run facts:record`.',
  async observe(fetch) {
    const tree = JSON.parse(await fetch(`https://api.github.com/repos/${POLICIES}/git/trees/main:aws/managedpolicies`)).tree;
    const names = tree.map((file: { path: string }) => file.path.replace(/\.json$/, '')).filter((name: string) => NODE_POLICIES.test(name));
    const sayings: Sayings = Object.fromEntries(names.map((name: string) => [name, []]));
    for (const name of MANAGED_POLICIES) {
      delete sayings[name]; // what the list says counts for nothing where the policy itself is read
      const policy = await unlessGone(managedPolicy(name, fetch));
      if (policy) { sayings[name] = [`version ${policy.version}`, ...policy.deprecated ? ['deprecated'] : [], ...statementsOf(policy.document)]; }
    }
    return sayings;
  },
  since: async (name, fetch) => (await managedPolicy(name, fetch)).createdate.slice(0, 10),
};

// ── the VPC CNI plugin in clusters of the IPv6 family ───────────────────────────────────────────

const IPV6 = statementsOf({
  Statement: [
    { Effect: 'Allow', Action: permissions.CNI_IPV6.map(fact => fact.action), Resource: '*' },
    { Effect: 'Allow', Action: permissions.CNI_IPV6_TAGS.map(fact => fact.action), Resource: 'arn:aws:ec2:*:*:network-interface/*' },
  ],
});
const IPV6_CHANGE = 'Change `CNI_IPV6` or `CNI_IPV6_TAGS` and their date, with the reason that the plugin needs it.';

const CNI = 'aws/amazon-vpc-cni-k8s';
const CNI_PATH = 'docs/iam-policy.md';

const cniDocument: Source = {
  id: 'vpc-cni-iam-policy',
  page: `https://github.com/${CNI}/blob/master/${CNI_PATH}#ipv6-mode`,
  covers: /amazon-vpc-cni-k8s\/blob\/\w+\/docs\/iam-policy\.md/,
  change: IPV6_CHANGE,
  expected: { 'IPv6 mode': IPV6 },
  async observe(fetch) {
    const page = await fetch(`${RAW}/${CNI}/master/${CNI_PATH}`);
    const section = /^### IPv6 mode$([^]*?)^#/m.exec(page)?.[1] ?? '';
    return Object.fromEntries(documentsIn(section).map(document => ['IPv6 mode', statementsOf(document)]));
  },
  since: lastCommit(CNI, CNI_PATH),
};

const GUIDE = 'awsdocs/amazon-eks-user-guide';
const GUIDE_POLICY = 'latest/ug/iam_policies/AmazonEKS_CNI_IPv6_Policy.json';

const guideIpv6Policy: Source = {
  id: 'eks-user-guide-ipv6-policy',
  page: `https://github.com/${GUIDE}/blob/mainline/${GUIDE_POLICY}`,
  covers: /userguide\/cni-iam-role\.html/,
  change: IPV6_CHANGE,
  expected: { [permissions.CNI_IPV6_POLICY_NAME]: IPV6 },
  observe: async fetch => ({ [permissions.CNI_IPV6_POLICY_NAME]: statementsOf(JSON.parse(await fetch(`${RAW}/${GUIDE}/mainline/${GUIDE_POLICY}`))) }),
  since: lastCommit(GUIDE, GUIDE_POLICY),
};

// ── the guide "Amazon EKS node IAM role" ────────────────────────────────────────────────────────

const GUIDE_PAGE = 'latest/ug/security/iam-reference/create-node-role.adoc';

const nodeRoleGuide: Source = {
  id: 'eks-user-guide-create-node-role',
  page: 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html',
  covers: /userguide\/create-node-role\.html/,
  change: 'Read the guide. Where it recommends another policy, the default stays until the next major version (changing it changes every user\'s role); say so in the documentation. Then run `npm run facts:record`.',
  async observe(fetch) {
    const page = await fetch(`${RAW}/${GUIDE}/mainline/${GUIDE_PAGE}`);
    const attached = [...page.matchAll(/iam::(?:aws|\d+):policy\/(Amazon\w+)/g)].map(match => match[1]);
    const trusted = documentsIn(page).flatMap(statementsOf).filter(line => / by /.test(line));
    return { 'attached policies': [...new Set(attached)].sort(), 'trusted principals': [...new Set(trusted)].sort() };
  },
  since: lastCommit(GUIDE, GUIDE_PAGE),
};

// ── actions ─────────────────────────────────────────────────────────────────────────────────────

const serviceOf = (action: string) => action.split(':')[0];
const SERVICES = [...new Set(ACTIONS.map(serviceOf))];
const actionsOf = (service: string) => ACTIONS.filter(action => serviceOf(action) === service);

/** Which of the actions exist; whether software still needs them no machine tells, so it stands for no source of theirs. */
const serviceReference: Source = {
  id: 'service-authorization-reference',
  page: 'https://docs.aws.amazon.com/service-authorization/latest/reference/service-reference.html',
  covers: /^$/,
  change: 'Find out what replaced the action and change the lists that have it.',
  expected: Object.fromEntries(SERVICES.map(service => [service, actionsOf(service)])),
  async observe(fetch) {
    const sayings: Sayings = {};
    for (const service of SERVICES) {
      const answer = await unlessGone(fetch(`https://servicereference.us-east-1.amazonaws.com/v1/${service}/${service}.json`));
      if (answer === undefined) { continue; }
      const known = new Set(JSON.parse(answer).Actions.map((action: { Name: string }) => `${service}:${action.Name}`));
      sayings[service] = actionsOf(service).filter(action => known.has(action));
    }
    return sayings;
  },
};

// ── limits and regions ──────────────────────────────────────────────────────────────────────────

const BOTOCORE = 'boto/botocore';
const IAM_MODEL = 'botocore/data/iam/2010-05-08/service-2.json';
const PARTITIONS = 'botocore/data/partitions.json';

/** The shapes of IAM's API behind the limits in the facts file. */
const SHAPES = [
  'roleNameType', 'roleDescriptionType', 'pathType', 'roleMaxSessionDurationType',
  'policyNameType', 'policyDescriptionType', 'policyPathType',
];

const iamModel: Source = {
  id: 'iam-api-model',
  page: `https://github.com/${BOTOCORE}/blob/develop/${IAM_MODEL}`,
  covers: /service-2\.json/,
  change: 'Change the limit of that shape in the facts file, then run `npm run facts:record`.',
  async observe(fetch) {
    const { shapes } = JSON.parse(await fetch(`${RAW}/${BOTOCORE}/develop/${IAM_MODEL}`));
    return Object.fromEntries(SHAPES.filter(name => shapes[name]).map(name => {
      const { documentation, type, ...limits } = shapes[name];
      return [name, Object.entries(limits).map(([limit, value]) => `${limit} ${value}`).sort()];
    }));
  },
};

const chinaRegions: Source = {
  id: 'partitions',
  page: `https://github.com/${BOTOCORE}/blob/develop/${PARTITIONS}`,
  covers: /partitions\.json/,
  change: 'Change the pattern in `PARTITIONS`, then run `npm run facts:record`.',
  async observe(fetch) {
    const { partitions } = JSON.parse(await fetch(`${RAW}/${BOTOCORE}/develop/${PARTITIONS}`));
    return Object.fromEntries(partitions.filter(({ id }: { id: string }) => id === 'aws-cn')
      .map(({ id, regionRegex }: Record<string, string>) => [id, [`regions ${regionRegex}`]]));
  },
};

export const SOURCES = [managedPolicies, cniDocument, guideIpv6Policy, nodeRoleGuide, serviceReference, iamModel, chinaRegions];
