/**
 * What the rules read: roles, what they are permitted and how they are used. Plain data, filled from synthesized templates or from an
 * account. What can't be seen is said, never guessed.
 */

/** A value, or undefined where it can't be seen: a token, an imported resource, a call that was denied. */
export type Visible<T> = T | undefined;

/** A list as far as it can be seen. */
export interface Seen<T> {
  readonly seen: T[];
  /** Why not all of it can be seen; undefined where all is seen. */
  readonly hidden?: string;
}

export interface Statement {
  readonly effect: string;
  readonly actions: string[];
  readonly notActions: string[];
  readonly resources: string[];
  /** As `Service:ec2.amazonaws.com`. */
  readonly principals: string[];
  readonly notPrincipals: string[];
  readonly conditions: { readonly operator: string; readonly key: string; readonly values: string[] }[];
}

export interface Policy {
  /** As people call it. */
  readonly name: string;
  /** The name of an AWS managed policy. */
  readonly awsName?: string;
  readonly managed: boolean;
  readonly statements: Seen<Statement>;
  /** What launches nodes with the role and may do so before the policy is in force. */
  readonly launchedBefore: string[];
}

export interface Cluster {
  readonly name: string;
  readonly authenticationMode: Visible<string>;
  readonly ipFamily: Visible<string>;
  readonly onOutpost: boolean;
  readonly podIdentityAgent: Visible<boolean>;
}

export type OperatingSystem = 'Linux' | 'Windows';

export type UseKind = 'managed node group' | 'self-managed nodes' | 'access entry' | 'Auto Mode' | 'cluster' | 'Fargate profile';

/** A way in which a role is used. */
export interface Use {
  readonly kind: UseKind;
  /** What uses the role, as people call it. */
  readonly by: string;
  readonly cluster: Visible<Cluster>;
  readonly operatingSystem: Visible<OperatingSystem>;
  /** Whether EKS made it by itself. */
  readonly automatic: boolean;
}

/** What a role is for; `policy` is a policy that no visible role has. */
export type Kind = 'EC2 nodes' | 'Auto Mode nodes' | 'hybrid nodes' | 'VPC CNI' | 'policy';

export interface Role {
  readonly kind: Kind;
  /** As people call it. */
  readonly name: string;
  /** Where it stands: for the adapter alone, which made it. */
  readonly place: string;
  readonly partition: Visible<string>;
  readonly path: Visible<string>;
  readonly trust: Seen<Statement>;
  readonly policies: Seen<Policy>;
  readonly uses: Seen<Use>;
  /** Whether its user says that the VPC CNI plugin gets its permissions elsewhere. */
  readonly cniGrantedElsewhere: boolean;
}

/** All that is checked together. */
export interface Inventory {
  readonly roles: Role[];
  /** Roles that the VPC CNI plugin's service account can assume. */
  readonly cniRoles: Seen<Role>;
}

export type Severity = 'error' | 'warning';

/** What a rule has to say of a role: findings, and what kept it from saying more. */
export interface Verdict {
  readonly findings: { readonly says: string; readonly severity?: Severity }[];
  readonly hidden?: string;
}

export interface Rule {
  /** Public: acknowledgements name it. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly see: string;
  readonly fix: string;
  readonly kinds: Kind[];
  /** Why the rule has nothing to go by in an account. */
  readonly onlyTemplatesShow?: string;
  readonly check: (role: Role, inventory: Inventory) => Verdict;
}

/** All is well, as far as can be seen. */
export function passed(...lists: Seen<unknown>[]): Verdict {
  return { findings: [], hidden: lists.find(list => list.hidden !== undefined)?.hidden };
}

/** Something is wrong. */
export function found(says: string, severity?: Severity): Verdict {
  return { findings: [{ says, severity }] };
}
