import { AccountClusters } from './account-clusters';
import { Arguments } from './arguments';
import { Calls } from './calls';
import { GUIDE_ROLE_NAMES, NODE_ENTRY_TYPES } from '../private/audited-permissions';
import { Inventory, Kind, Policy, Role } from '../private/node-role-model';
import { awsManagedPolicyName } from '../private/permissions';
import { readStatements } from '../private/policy-documents';
import { trustsVpcCni } from '../private/policy-evaluation';

/** A role as IAM lists it. */
interface ListedRole {
  readonly RoleName: string;
  readonly Arn: string;
  readonly Path: string;
  readonly AssumeRolePolicyDocument: string;
}

/** What is asked for does not exist. */
export class NothingToCheck extends Error {}

/** The node roles of an account, and what belongs to them. Throws CallError, NothingToCheck. */
export async function readAccount(calls: Calls, { names, all }: Pick<Arguments, 'names' | 'all'>): Promise<Inventory> {
  const clusters = new AccountClusters(calls);
  const [listed] = await Promise.all([calls.list('iam', 'ListRoles', {}, 'Roles') as Promise<ListedRole[]>, clusters.read()]);
  const account = new AccountRoles(calls, clusters);
  const forCni = listed.filter(role => clusters.cniRoleArns.has(role.Arn) || trustsVpcCni(trustOf(role)));
  const selected = select(listed, clusters, names, all);

  const nodes = await Promise.all(selected.map(role => account.role(role, forCni.includes(role) ? 'VPC CNI' : undefined)));
  const others = await Promise.all(forCni.filter(role => !selected.includes(role)).map(role => account.role(role, 'VPC CNI')));
  return {
    roles: all ? [...nodes, ...others] : nodes,
    cniRoles: { seen: [...others, ...nodes.filter(role => role.kind === 'VPC CNI')], hidden: calls.hidden },
  };
}

function select(listed: ListedRole[], clusters: AccountClusters, names: string[], all: boolean): ListedRole[] {
  if (all) {
    return listed.filter(role => clusters.uses.get(role.Arn)?.some(use => use.kind === 'managed node group'));
  }
  if (names.length > 0) {
    const unknown = names.filter(name => !listed.some(role => role.RoleName === name));
    if (unknown.length > 0) { throw new NothingToCheck(`the account has no role ${unknown.join(', ')}`); }
    return listed.filter(role => names.includes(role.RoleName));
  }
  const found = listed.filter(role => GUIDE_ROLE_NAMES.some(name => role.RoleName.includes(name)));
  if (found.length === 0) { throw new NothingToCheck(`the account has no role whose name contains ${GUIDE_ROLE_NAMES.join(', ')}`); }
  return found;
}

class AccountRoles {
  private readonly managed = new Map<string, Promise<Policy>>();

  constructor(private readonly calls: Calls, private readonly clusters: AccountClusters) {}

  public async role(listed: ListedRole, kind?: Kind): Promise<Role> {
    const RoleName = listed.RoleName;
    const [attached, inline] = await Promise.all([
      this.calls.list('iam', 'ListAttachedRolePolicies', { RoleName }, 'AttachedPolicies'),
      this.calls.list('iam', 'ListRolePolicies', { RoleName }, 'PolicyNames'),
    ]);
    const policies = await Promise.all([
      ...attached.map(({ PolicyArn }) => this.managedPolicy(PolicyArn)),
      ...inline.map(PolicyName => this.inlinePolicy(RoleName, PolicyName)),
    ]);
    return {
      kind: kind ?? this.kindOf(listed),
      name: RoleName,
      place: listed.Arn,
      partition: listed.Arn.split(':')[1],
      path: listed.Path,
      trust: trustOf(listed),
      policies: { seen: policies },
      uses: { seen: this.clusters.uses.get(listed.Arn) ?? [], hidden: this.calls.hidden },
      cniGrantedElsewhere: false,
    };
  }

  private kindOf({ Arn }: ListedRole): Kind {
    const uses = this.clusters.uses.get(Arn) ?? [];
    const type = this.clusters.entryTypes.get(Arn);
    if (type === NODE_ENTRY_TYPES.hybrid) { return 'hybrid nodes'; }
    const autoMode = uses.some(use => use.kind === 'Auto Mode') || type === NODE_ENTRY_TYPES.autoMode;
    return autoMode && !uses.some(use => use.kind === 'managed node group') ? 'Auto Mode nodes' : 'EC2 nodes';
  }

  private managedPolicy(arn: string): Promise<Policy> {
    const policy = this.managed.get(arn) ?? this.readManagedPolicy(arn);
    this.managed.set(arn, policy);
    return policy;
  }

  private async readManagedPolicy(PolicyArn: string): Promise<Policy> {
    const awsName = awsManagedPolicyName(PolicyArn);
    const { Policy: policy } = await this.calls.one('iam', 'GetPolicy', { PolicyArn });
    const { PolicyVersion } = await this.calls.one('iam', 'GetPolicyVersion', { PolicyArn, VersionId: policy.DefaultVersionId });
    return { name: awsName ?? PolicyArn, awsName, managed: true, statements: readStatements(decoded(PolicyVersion.Document)), launchedBefore: [] };
  }

  private async inlinePolicy(RoleName: string, PolicyName: string): Promise<Policy> {
    const { PolicyDocument } = await this.calls.one('iam', 'GetRolePolicy', { RoleName, PolicyName });
    return { name: `inline policy ${PolicyName}`, managed: false, statements: readStatements(decoded(PolicyDocument)), launchedBefore: [] };
  }
}

function trustOf(role: ListedRole) {
  return readStatements(decoded(role.AssumeRolePolicyDocument));
}

/** IAM gives documents percent-encoded. */
function decoded(document: string): unknown {
  return JSON.parse(decodeURIComponent(document));
}
