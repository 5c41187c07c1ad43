import { AWS_POLICY_ACTIONS } from './audited-permissions';
import { Policy, Seen, Statement } from './node-role-model';
import { awsManagedPolicyName } from './permissions';
import { readStatements } from './policy-documents';
import { TemplateIds } from './template-ids';
import { Located, TemplateResources } from './template-resources';

/** The policies of roles, wherever an app writes them. */
export class TemplatePolicies {
  /** The customer managed policies of the app. */
  public readonly managed: TemplateIds;
  /** Policies that name a role, by the id of the role. */
  private readonly fromOutside = new Map<string, Located[]>();
  /** Attached policies by what names them. */
  private readonly attached = new Map<string, Policy>();

  constructor(private readonly resources: TemplateResources, roles: TemplateIds) {
    this.managed = new TemplateIds(resources, 'AWS::IAM::ManagedPolicy', 'ManagedPolicyName', 'policy');
    for (const policy of resources.ofTypes('AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy')) {
      const { Roles = [], RoleName } = policy.properties;
      for (const role of resources.values.texts([Roles, RoleName ?? []].flat(), policy.template)!) {
        const id = roles.idOf(role, policy);
        this.fromOutside.set(id, [...this.fromOutside.get(id) ?? [], policy]);
      }
    }
  }

  /** The policies of a role, made by the app or not. */
  public of(id: string, role: Located | undefined, launchers: Located[]): Seen<Policy> {
    const outside = (this.fromOutside.get(id) ?? []).map(policy => this.read(policy, launchers));
    if (!role) { return { seen: outside, hidden: 'the role is not made in this app' }; }
    const arns = this.resources.values.texts(role.properties.ManagedPolicyArns ?? [], role.template);
    const inline = role.properties.Policies ?? [];
    return {
      seen: [
        ...[...new Set(arns)].map(arn => this.attachedBy(arn, role)),
        ...(Array.isArray(inline) ? inline : []).map((policy: any) => ({
          name: `inline policy ${this.resources.text(role, policy.PolicyName)}`,
          managed: false,
          statements: this.statements(role, policy.PolicyDocument),
          launchedBefore: [],
        })),
        ...outside,
      ],
      hidden: arns === undefined || !Array.isArray(inline) ? 'its list of policies is a value that only the deployment knows' : undefined,
    };
  }

  /** A customer managed policy or a policy that names roles. */
  public read(policy: Located, launchers: Located[] = []): Policy {
    return {
      name: policy.ref,
      managed: this.managed.made.has(policy.ref),
      statements: this.statements(policy, policy.properties.PolicyDocument),
      launchedBefore: launchers.filter(launcher => !this.resources.dependsOn(launcher, policy)).map(launcher => launcher.ref),
    };
  }

  private attachedBy(arn: string, role: Located): Policy {
    const id = awsManagedPolicyName(arn) ?? this.managed.idOf(arn, role);
    const policy = this.attached.get(id) ?? this.find(arn, id);
    this.attached.set(id, policy);
    return policy;
  }

  private find(arn: string, id: string): Policy {
    const awsName = awsManagedPolicyName(arn);
    if (awsName !== undefined) { return { name: awsName, awsName, managed: true, statements: awsStatements(awsName), launchedBefore: [] }; }
    const policy = this.managed.made.get(id);
    if (policy) { return this.read(policy); }
    return { name: arn, managed: true, statements: { seen: [], hidden: `${arn} is not made in this app` }, launchedBefore: [] };
  }

  private statements(located: Located, document: unknown): Seen<Statement> {
    return readStatements(this.resources.values.document(document, located.template));
  }
}

/** What rules ask for, as a statement, where it is known of an AWS managed policy. */
export function awsStatements(awsName: string): Seen<Statement> {
  const actions = AWS_POLICY_ACTIONS[awsName];
  if (actions === undefined) { return { seen: [], hidden: `what the AWS managed policy ${awsName} gives is not known here` }; }
  return { seen: [{ effect: 'Allow', actions, notActions: [], resources: ['*'], principals: [], notPrincipals: [], conditions: [] }] };
}
