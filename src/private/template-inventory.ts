import { CNI_IPV6_NEEDS } from './audited-permissions';
import { Inventory, Kind, Role, Seen, Statement, Visible } from './node-role-model';
import { partitionOf } from './partitions';
import { WORKER_NODE_MINIMAL_POLICY, WORKER_NODE_POLICY } from './permissions';
import { readStatements } from './policy-documents';
import { permits, trustsVpcCni } from './policy-evaluation';
import { TemplateClusters } from './template-clusters';
import { TemplateIds } from './template-ids';
import { TemplatePolicies } from './template-policies';
import { Located, TemplateResources } from './template-resources';
import { TemplateUses } from './template-uses';
import { isKnown } from './template-values';

const NOT_MADE = 'the role is not made in this app';

/** What constructs say of roles, by what `Ref` gives for the role. */
export type Declarations = Map<string, { readonly cniGrantedElsewhere: boolean }>;

/** The node roles of an app, whoever made them, and what belongs to them. */
export function inventoryOf(resources: TemplateResources, declarations: Declarations): Inventory {
  return new TemplateInventory(resources, declarations).read();
}

class TemplateInventory {
  private readonly ids: TemplateIds;
  private readonly policies: TemplatePolicies;
  private readonly uses: TemplateUses;
  private readonly trusts = new Map<string, Seen<Statement>>();

  constructor(private readonly resources: TemplateResources, private readonly declarations: Declarations) {
    this.ids = new TemplateIds(resources, 'AWS::IAM::Role', 'RoleName', 'role');
    this.policies = new TemplatePolicies(resources, this.ids);
    this.uses = new TemplateUses(resources, this.ids, new TemplateClusters(resources));
  }

  public read(): Inventory {
    const nodeRoles = new Map<string, Role>();
    for (const id of new Set([...this.uses.byRole.keys(), ...this.declarations.keys(), ...this.uses.inProfiles])) {
      const kind = this.kindOf(id);
      if (kind) { nodeRoles.set(id, this.role(id, kind)); }
    }
    const trusting = [...this.ids.made.values()].filter(role => trustsVpcCni(this.trust(role))).map(role => role.ref);
    const forCni = new Set([...this.uses.ofVpcCni.keys(), ...trusting]);
    const cniRoles = [...forCni].filter(id => !nodeRoles.has(id)).map(id => this.role(id, 'VPC CNI'));
    const checked = [...nodeRoles.values(), ...cniRoles];
    return { roles: [...checked, ...this.otherIpv6Policies(checked)], cniRoles: { seen: cniRoles } };
  }

  /** What nodes a role is for; undefined if it is for none. */
  private kindOf(id: string): Kind | undefined {
    const kinds = new Set((this.uses.byRole.get(id) ?? []).map(use => use.roleKind));
    const kind = (['EC2 nodes', 'Auto Mode nodes', 'hybrid nodes'] as const).find(candidate => kinds.has(candidate));
    if (kind) { return kind; }
    const worker = () => this.policies.of(id, this.ids.made.get(id), []).seen
      .some(policy => policy.awsName === WORKER_NODE_POLICY || policy.awsName === WORKER_NODE_MINIMAL_POLICY);
    return this.declarations.has(id) || (this.uses.inProfiles.has(id) && worker()) ? 'EC2 nodes' : undefined;
  }

  private role(id: string, kind: Kind): Role {
    const role = this.ids.made.get(id);
    const uses = this.uses.byRole.get(id) ?? [];
    const text = this.ids.imported.get(id) ?? id;
    return {
      kind,
      name: role?.ref ?? text,
      place: (role ?? uses[0]?.located ?? this.uses.ofVpcCni.get(id)!).ref,
      partition: role ? partitionIn(role) : /^arn:(aws[\w-]*):/.exec(text)?.[1],
      path: role ? this.path(role) : pathOfArn(text),
      trust: role ? this.trust(role) : { seen: [], hidden: NOT_MADE },
      policies: this.policies.of(id, role, this.uses.launchers.get(id) ?? []),
      uses: { seen: uses },
      cniGrantedElsewhere: this.declarations.get(id)?.cniGrantedElsewhere ?? false,
    };
  }

  private path(role: Located): Visible<string> {
    const path = this.resources.text(role, role.properties.Path) ?? '/';
    return isKnown(path) ? path : undefined;
  }

  private trust(role: Located): Seen<Statement> {
    // Most roles of a stack have the same.
    const document = role.properties.AssumeRolePolicyDocument;
    const key = `${role.template.key} ${JSON.stringify(document)}`;
    const trust = this.trusts.get(key) ?? readStatements(this.resources.values.document(document, role.template));
    this.trusts.set(key, trust);
    return trust;
  }

  /** IPv6 policies of the VPC CNI plugin that no role has which is checked. */
  private otherIpv6Policies(checked: Role[]): Role[] {
    const attached = new Set(checked.flatMap(role => role.policies.seen.map(policy => policy.name)));
    return [...this.policies.managed.made.values()].map(located => ({ located, policy: this.policies.read(located) }))
      .filter(({ policy }) => !attached.has(policy.name) && CNI_IPV6_NEEDS.every(({ action }) => permits({ seen: [policy] }, action)))
      .map(({ located, policy }) => ({
        kind: 'policy',
        name: policy.name,
        place: located.ref,
        partition: partitionIn(located),
        path: undefined,
        trust: { seen: [] },
        policies: { seen: [policy] },
        uses: { seen: [] },
        cniGrantedElsewhere: false,
      }));
  }
}

function partitionIn({ template }: Located): Visible<string> {
  return template.region === undefined ? undefined : partitionOf(template.region);
}

function pathOfArn(arn: string): Visible<string> {
  return isKnown(arn) ? /:role(\/(?:.*\/)?)[^/]+$/.exec(arn)?.[1] : undefined;
}
