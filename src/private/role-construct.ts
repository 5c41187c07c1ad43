import { Duration, ResourceEnvironment } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AttachedPolicies, policyCountProblems } from './attached-policies';
import { Permissions } from './permissions';
import { checkRoleProps } from './role-props';
import { checkNamesOther, StatementsPolicy } from './statements-policy';

/** What a user may say of every role. */
export interface RoleOptions {
  readonly roleName?: string;
  readonly description?: string;
  readonly path?: string;
  readonly permissionsBoundary?: iam.IManagedPolicy;
  readonly maxSessionDuration?: Duration;
}

/** What a construct makes of its role. */
export interface RoleDefinition extends Permissions {
  readonly assumedBy: iam.IPrincipal;
  /** The description where the user gives none. */
  readonly description: string;
}

/**
 * A construct around one role, its child `Default`, so that the logical id is that of an `iam.Role` with the same id. The role
 * refers to all policies that it is given here, so they exist whenever the role does.
 *
 * @internal
 */
export abstract class RoleConstruct extends Construct implements iam.IGrantable, iam.IRoleRef {
  private readonly attached = new AttachedPolicies(this);
  private statementsPolicy?: StatementsPolicy;

  constructor(scope: Construct, id: string, private readonly options: RoleOptions, private readonly policyId: string = 'NodePolicy') {
    super(scope, id);
    checkRoleProps(this.node.path, options);
  }

  /**
   * The role itself, for everything that takes an `iam.IRole`.
   */
  public get role(): iam.Role {
    return this.node.findChild('Default') as iam.Role;
  }

  /**
   * The principal of the role: grants behave as on any role of the CDK.
   */
  public get grantPrincipal(): iam.IPrincipal {
    return this.role.grantPrincipal;
  }

  /**
   * ARN of the role.
   */
  public get roleArn(): string {
    return this.role.roleArn;
  }

  /**
   * Name of the role.
   */
  public get roleName(): string {
    return this.role.roleName;
  }

  /**
   * A reference to the role, so that L1 constructs such as `eks.CfnNodegroup` take the construct itself.
   */
  public get roleRef(): iam.RoleReference {
    return this.role.roleRef;
  }

  /**
   * The account and region of the role.
   */
  public get env(): ResourceEnvironment {
    return this.role.env;
  }

  /**
   * Attaches a managed policy; one that is attached already is not attached again.
   *
   * Throws if the role would have more than 25.
   *
   * @param policy a policy of AWS or of your own
   */
  public addManagedPolicy(policy: iam.IManagedPolicy): void {
    this.attached.add([policy]).forEach(added => this.role.addManagedPolicy(added));
  }

  /**
   * Adds a statement to the one customer managed policy that the role refers to, so that it is in force whenever the role is.
   *
   * Throws if the statement names the role itself; at synthesis, if the policy has more than 6,144 characters. A statement on a
   * resource whose own policy names the role, such as a key, closes a cycle that CloudFormation refuses: grant there instead.
   *
   * @param statement the statement to add
   */
  public addToRolePolicy(statement: iam.PolicyStatement): void {
    checkNamesOther(this.role, this.node.path, statement);
    if (this.statementsPolicy) {
      this.statementsPolicy.addStatements(statement);
    } else {
      this.attached.add([], 1);
      this.role.addManagedPolicy(this.makeStatementsPolicy([statement]));
    }
  }

  /** @internal */
  protected _makeRole({ assumedBy, description, managedPolicies, statements }: RoleDefinition): iam.CfnRole | undefined {
    const { options } = this;
    const policies = this.attached.add(managedPolicies, statements.length > 0 ? 1 : 0);
    if (statements.length > 0) { policies.push(this.makeStatementsPolicy(statements)); }

    const durationIsToken = options.maxSessionDuration?.isUnresolved();
    const role = new iam.Role(this, 'Default', {
      assumedBy,
      managedPolicies: policies,
      description: options.description ?? description,
      roleName: options.roleName,
      path: options.path,
      permissionsBoundary: options.permissionsBoundary,
      // iam.Role refuses a token here, its resource takes one.
      maxSessionDuration: durationIsToken ? undefined : options.maxSessionDuration,
    });
    // Not there where Role.customizeRoles keeps the role out of the template.
    const cfnRole = role.node.defaultChild as iam.CfnRole | undefined;
    if (cfnRole) {
      if (durationIsToken) { cfnRole.maxSessionDuration = options.maxSessionDuration?.toSeconds(); }
      this.node.addValidation({ validate: () => policyCountProblems(cfnRole) });
    }
    return cfnRole;
  }

  private makeStatementsPolicy(statements: iam.PolicyStatement[]): iam.IManagedPolicy {
    this.statementsPolicy = new StatementsPolicy(this, this.policyId, statements);
    return this.statementsPolicy;
  }
}
