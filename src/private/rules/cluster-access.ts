import { AUTHENTICATION_MODES } from '../audited-permissions';
import { found, passed, Role, Rule, Verdict } from '../node-role-model';

/** How nodes with the role join their cluster. */
export const CLUSTER_ACCESS_RULES: Rule[] = [
  {
    id: 'NodeRolePath',
    severity: 'error',
    title: 'A node role has a path that the aws-auth config map can not take',
    why: 'The config map knows roles without their path: nodes whose role has one can not join through it.',
    see: 'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    fix: 'Leave the path out, or let the cluster authenticate by API and give the role an access entry',
    kinds: ['EC2 nodes'],
    check: role => {
      if (role.path === '/') { return passed(); }
      const { configMap, both } = AUTHENTICATION_MODES;
      const clusters = role.uses.seen.flatMap(use => use.cluster ?? []);
      const only = clusters.find(cluster => cluster.authenticationMode === configMap);
      const also = clusters.find(cluster => cluster.authenticationMode === both);
      if (role.path === undefined) { return { findings: [], hidden: only || also ? 'its path can not be seen' : undefined }; }
      if (only) { return found(`its path is ${role.path}, and ${only.name} authenticates by config map alone`); }
      return also ? found(`its path is ${role.path}, and ${also.name} authenticates by config map too`, 'warning') : passed(role.uses);
    },
  },
  {
    id: 'NodeAccessEntryMissing',
    severity: 'warning',
    title: 'Self-managed nodes have no access entry',
    why: 'A cluster that authenticates by API lets nodes in by the access entry of their role; EKS makes it for managed node groups only.',
    see: 'https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html',
    fix: 'Make an access entry of type EC2_LINUX or EC2_WINDOWS for the role',
    kinds: ['EC2 nodes'],
    onlyTemplatesShow: 'only templates show self-managed nodes',
    check: role => {
      const enters = role.uses.seen.filter(use => ['access entry', 'managed node group', 'Auto Mode'].includes(use.kind)).map(use => use.cluster);
      const stranded = role.uses.seen.find(use => use.kind === 'self-managed nodes' &&
        use.cluster?.authenticationMode === AUTHENTICATION_MODES.api && !enters.includes(use.cluster));
      // Where the cluster of an entry can't be seen, it may be this one.
      if (!stranded || enters.includes(undefined)) { return passed(role.uses); }
      return found(`${stranded.by} has nodes of ${stranded.cluster?.name}, where the role has no access entry`);
    },
  },
  {
    id: 'NodeAccessEntryDuplicate',
    severity: 'error',
    title: 'A role has two access entries in one cluster',
    why: 'EKS takes one entry for each role and cluster, and makes the one of a managed node group itself: the second fails with ResourceInUseException.',
    see: 'https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html',
    fix: 'Keep one entry; beside a managed node group with the role, none',
    kinds: ['EC2 nodes', 'Auto Mode nodes', 'hybrid nodes'],
    check: checkOneEntry,
  },
];

function checkOneEntry(role: Role): Verdict {
  const entries = role.uses.seen.filter(use => use.kind === 'access entry' && !use.automatic && use.cluster !== undefined);
  for (const [index, entry] of entries.entries()) {
    const second = entries.slice(index + 1).find(other => other.cluster === entry.cluster);
    if (second) { return found(`${entry.by} and ${second.by} are both for ${entry.cluster?.name}`); }
    const group = role.uses.seen.find(use => use.kind === 'managed node group' && use.cluster === entry.cluster);
    if (group) { return found(`EKS makes the entry for ${group.by}, and ${entry.by} is another`); }
  }
  return passed(role.uses);
}
