import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { POLICY_CHARACTERS } from './limits';
import { describe, invalid, knownCharacters, refersTo } from './validation';

/** The one customer managed policy that holds the statements of a role; the role refers to it, never the other way round. */
export class StatementsPolicy extends iam.ManagedPolicy {
  constructor(scope: Construct, id: string, statements: iam.PolicyStatement[]) {
    super(scope, id, { statements });
    this.node.addValidation({ validate: () => this.problems() });
  }

  private problems(): string[] {
    const characters = knownCharacters(Stack.of(this), this.document);
    return characters <= POLICY_CHARACTERS ? [] : [describe({
      prop: 'size of the policy that holds all statements of the role',
      value: characters,
      reason: `IAM takes ${POLICY_CHARACTERS} characters at most, white space not counted`,
      remedy: 'Put some statements into a managed policy of your own and pass it as additionalManagedPolicies',
    })];
  }
}

/** Throws if a statement names the role whose policy it is for. */
export function checkNamesOther(role: Construct, constructPath: string, statement: iam.PolicyStatement): void {
  const json = statement.toStatementJson();
  if (!refersTo(json, role)) { return; }
  throw invalid(constructPath, {
    prop: 'statement',
    value: Stack.of(role).resolve(json),
    reason: 'it names the role, which refers to the policy: each would wait for the other',
    remedy: 'Use role.addToPrincipalPolicy(statement), which makes a policy that waits for the role',
  });
}
