import { DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, StringConcat, Token, Tokenization } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';

/** Why an input can't work, in the user's terms. */
export interface Problem {
  /** What the user wrote: a prop, an argument or a call. */
  readonly prop: string;
  /** The value given; left out where the prop says it all. */
  readonly value?: unknown;
  /** Why it can't work; follows "but". */
  readonly reason: string;
  /** What to write instead. */
  readonly remedy: string;
}

/** The text of a problem, the same for errors at construction and at synthesis. */
export function describe(problem: Problem): string {
  const value = problem.value === undefined ? '' : ` is ${shorten(JSON.stringify(problem.value))}`;
  return `${problem.prop}${value}, but ${problem.reason}. ${problem.remedy}`;
}

/** The error for a problem, with the path of the construct that has it. */
export function invalid(constructPath: string, problem: Problem): Error {
  return new Error(`${describe(problem)} [at ${constructPath}]`);
}

/** Throws if a text is known and is not of the form that AWS takes. */
export function checkText(constructPath: string, prop: string, value: string | undefined, form: { pattern: RegExp; says: string }, remedy: string) {
  if (value === undefined || Token.isUnresolved(value) || form.pattern.test(value)) { return; }
  throw invalid(constructPath, { prop, value, reason: `AWS takes ${form.says}`, remedy });
}

/** Throws if a custom choice brings no permissions at all. */
export function checkNotEmpty(constructPath: string, prop: string, lists: { managedPolicies: unknown[]; statements: unknown[] }) {
  if (lists.managedPolicies.length + lists.statements.length > 0) { return; }
  throw invalid(constructPath, {
    prop,
    value: lists,
    reason: 'a custom policy permits something',
    remedy: 'Give custom() at least one managed policy or one statement',
  });
}

/** Whether a value refers to a construct or to one below it. */
export function refersTo(value: unknown, target: Construct): boolean {
  let found = false;
  class ReferenceResolver extends DefaultTokenResolver {
    public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor) {
      found ||= Reference.isReference(token) && isWithin(token.target, target);
      return super.resolveToken(token, context, postProcessor);
    }
  }
  Tokenization.resolve(value, { scope: target, resolver: new ReferenceResolver(new StringConcat()), preparing: true });
  return found;
}

/** The characters of a document that are known at synthesis, white space aside: what a deployed one has at the least. */
export function knownCharacters(stack: Stack, document: unknown): number {
  const json = stack.resolve(stack.toJsonString(document));
  const pieces: unknown[] = typeof json === 'string' ? [json] : json['Fn::Join'][1];
  return pieces.filter(piece => typeof piece === 'string').join('').replace(/\s/g, '').length;
}

function isWithin(construct: IConstruct, ancestor: IConstruct): boolean {
  return construct.node.scopes.includes(ancestor);
}

function shorten(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
