import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { POLICY_CHARACTERS } from './limits';
import { describe, invalid, knownCharacters, Problem, refersTo } from './validation';

/** The one customer managed policy that holds the statements of a role; the role refers to it, never the other way round. */
export class StatementsPolicy extends iam.ManagedPolicy {
  /** The scope is the role, or the construct whose child `Default` it is. */
  constructor(scope: Construct, id: string, statements: iam.PolicyStatement[]) {
    super(scope, id, { statements });
    this.node.addValidation({
      validate: () => [...this.sizeProblems(), ...namingProblems(scope.node.tryFindChild('Default') as Construct ?? scope, this.document.toJSON().Statement)].map(describe),
    });
  }

  private sizeProblems(): Problem[] {
    const characters = knownCharacters(Stack.of(this), this.document);
    return characters <= POLICY_CHARACTERS ? [] : [{
      prop: 'size of the policy that holds all statements of the role',
      value: characters,
      reason: `IAM takes ${POLICY_CHARACTERS} characters at most, white space not counted`,
      remedy: 'Put some statements into a managed policy of your own and pass it as additionalManagedPolicies',
    }];
  }
}

/** Throws if a statement names the role whose policy it is for. */
export function checkNamesOther(role: Construct, constructPath: string, statement: iam.PolicyStatement): void {
  for (const problem of namingProblems(role, [statement.toStatementJson()])) { throw invalid(constructPath, problem); }
}

function namingProblems(role: Construct, statements: unknown[]): Problem[] {
  return statements.filter(json => refersTo(json, role)).map(json => ({
    prop: 'statement',
    value: Stack.of(role).resolve(json),
    reason: 'it names the role, which refers to the policy: each would wait for the other',
    remedy: 'Use role.addToPrincipalPolicy(statement), which makes a policy that waits for the role',
  }));
}
