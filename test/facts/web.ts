import { readFileSync } from 'fs';
import { join } from 'path';
import { Fetch, SourceGone, SourceUnreachable } from '../../facts/fetch';

function read(file: string): string {
  return readFileSync(join(__dirname, 'recordings', file), 'utf8');
}

interface PolicyVersion { version: string; createdate: string; document: object }

const POLICIES: Record<string, PolicyVersion[]> = JSON.parse(read('managed-policies.json'));
const SERVICES: Record<string, string[]> = JSON.parse(read('service-reference.json'));

/** Pages by address, each with its versions from the day on that they appeared, oldest first. */
const PAGES: [url: RegExp, versions: [from: string, file: string][]][] = [
  [/amazon-vpc-cni-k8s.*docs\/iam-policy\.md/, [
    ['', 'vpc-cni-iam-policy.before-00fe9f43.md'],
    ['2026-06-02', 'vpc-cni-iam-policy.00fe9f43.md'],
    ['2027-01-01', 'vpc-cni-iam-policy.3ecdfeb5.md'], // as if it were merged then
  ]],
  [/amazon-eks-user-guide.*AmazonEKS_CNI_IPv6_Policy\.json/, [
    ['', 'AmazonEKS_CNI_IPv6_Policy.2ef9e386.json'],
    ['2026-07-09', 'AmazonEKS_CNI_IPv6_Policy.pull-1248.json'],
  ]],
  [/amazon-eks-user-guide.*create-node-role\.adoc/, [
    ['', 'create-node-role.00726947.md'],
    ['2024-12-02', 'create-node-role.c88259ae.adoc'],
    ['2024-12-12', 'create-node-role.1fe584bb.adoc'],
  ]],
  [/service-2\.json/, [['', 'iam-service-2.json']]],
  [/partitions\.json/, [['', 'partitions.json']]],
];

function newest<T>(versions: T[], dateOf: (version: T) => string, day: string): T | undefined {
  return versions.filter(version => dateOf(version).slice(0, 10) <= day).pop();
}

/** The web as it was on a day, from the recordings; `changes` replaces what stands behind addresses that contain a text. */
export function webOf(day: string, changes: Record<string, string | Error> = {}): Fetch {
  return async url => {
    for (const [part, answer] of Object.entries(changes)) {
      if (!url.includes(part)) { continue; }
      if (answer instanceof Error) { throw answer; }
      return answer;
    }
    return answerOf(url, day);
  };
}

function answerOf(url: string, day: string): string {
  const [, name] = /managedpolicies\/(\w+)\.json$/.exec(url) ?? [];
  if (name) {
    const policy = newest(POLICIES[name] ?? [], version => version.createdate, day);
    if (!policy) { throw new SourceGone(url); }
    return JSON.stringify({ name, deprecated: false, ...policy });
  }
  if (url.endsWith('/git/trees/main:aws/managedpolicies')) {
    const names = Object.keys(POLICIES).filter(policy => newest(POLICIES[policy], version => version.createdate, day));
    return JSON.stringify({ tree: [...names, 'AmazonS3FullAccess'].map(path => ({ path: `${path}.json` })) });
  }
  const [, service] = /servicereference.*\/([\w-]+)\.json$/.exec(url) ?? [];
  if (service && !SERVICES[service]) { throw new Error(`add ${service} to test/facts/recordings/service-reference.json`); }
  if (service) { return JSON.stringify({ Name: service, Actions: SERVICES[service].map(action => ({ Name: action })) }); }
  const [, versions] = PAGES.find(([address]) => address.test(url)) ?? [];
  if (!versions) { throw new SourceUnreachable(url); }
  const [from, file] = newest(versions, version => version[0], day)!;
  return url.includes('/commits?') ? JSON.stringify([{ commit: { committer: { date: `${from}T12:00:00Z` } } }]) : read(file);
}
