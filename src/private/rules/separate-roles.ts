import { found, passed, Role, Rule, UseKind } from '../node-role-model';

const GUIDE = 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html';

/** A node role is for nodes alone, of one operating system in each cluster. */
export const SEPARATE_ROLE_RULES: Rule[] = [
  {
    id: 'NodeRoleIsClusterRole',
    severity: 'error',
    title: 'A cluster uses the role of its nodes',
    why: 'Nodes can not use the role that a cluster was created with.',
    see: GUIDE,
    fix: 'Give the cluster a role of its own, which EKS can assume',
    kinds: ['EC2 nodes', 'Auto Mode nodes', 'hybrid nodes'],
    check: role => checkNotUsedBy(role, 'cluster'),
  },
  {
    id: 'NodeRoleIsFargateRole',
    severity: 'error',
    title: 'A Fargate profile uses the role of nodes',
    why: 'Node groups need another role than the pod execution role of Fargate profiles.',
    see: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html',
    fix: 'Give the Fargate profile a pod execution role of its own',
    kinds: ['EC2 nodes', 'Auto Mode nodes', 'hybrid nodes'],
    check: role => checkNotUsedBy(role, 'Fargate profile'),
  },
  {
    id: 'NodeRoleOperatingSystems',
    severity: 'error',
    title: 'Linux and Windows nodes share a role in one cluster',
    why: 'The cluster tells the operating system of a node by its role: an access entry has one type, and Windows nodes need another.',
    see: 'https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html',
    fix: 'Make a role for the Linux nodes and one for the Windows nodes',
    kinds: ['EC2 nodes'],
    check: role => {
      const nodes = role.uses.seen.filter(use => use.cluster !== undefined && use.operatingSystem !== undefined);
      for (const windows of nodes.filter(use => use.operatingSystem === 'Windows')) {
        const linux = nodes.find(use => use.operatingSystem === 'Linux' && use.cluster === windows.cluster);
        if (linux) { return found(`${linux.by} has Linux nodes and ${windows.by} has Windows nodes`); }
      }
      return passed(role.uses);
    },
  },
];

function checkNotUsedBy(role: Role, kind: UseKind) {
  const users = role.uses.seen.filter(use => use.kind === kind).map(use => use.by);
  return users.length > 0 ? found(`${users.join(', ')} uses it`) : passed(role.uses);
}
