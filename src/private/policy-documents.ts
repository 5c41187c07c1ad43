import { Seen, Statement } from './node-role-model';
import { isKnown } from './template-values';

const HIDDEN = 'a policy document can not be seen';

/** The statements of a policy document, as far as they can be seen. */
export function readStatements(document: any): Seen<Statement> {
  if (typeof document !== 'object' || document === null || document.Statement === undefined) { return { seen: [], hidden: HIDDEN }; }
  const statements = listOf(document.Statement);
  const seen = statements.filter(statement => typeof statement === 'object' && statement !== null).map(readStatement);
  return { seen, hidden: seen.length < statements.length || seen.some(isPartlyHidden) ? HIDDEN : undefined };
}

function readStatement(statement: any): Statement {
  return {
    effect: statement.Effect,
    actions: listOf(statement.Action),
    notActions: listOf(statement.NotAction),
    resources: listOf(statement.Resource),
    principals: principals(statement.Principal),
    notPrincipals: principals(statement.NotPrincipal),
    conditions: conditions(statement.Condition),
  };
}

function principals(principal: any): string[] {
  if (typeof principal === 'string') { return [principal === '*' ? '*:*' : `AWS:${principal}`]; }
  return Object.entries(principal ?? {}).flatMap(([type, values]) => listOf(values).map(value => value === '*' ? '*:*' : `${type}:${value}`));
}

function conditions(condition: any): Statement['conditions'] {
  if (typeof condition === 'string') { return [{ operator: condition, key: '', values: [] }]; }
  return Object.entries(condition ?? {}).flatMap(([operator, keys]: [string, any]) => typeof keys === 'string'
    ? [{ operator, key: keys, values: [] }]
    : Object.entries(keys).map(([key, values]) => ({ operator, key, values: listOf(values) })));
}

/** Whether actions or services are known to the deployment alone; another principal is not a service, whichever it is. */
function isPartlyHidden({ actions, notActions, principals: who }: Statement): boolean {
  return [...actions, ...notActions, ...who.filter(isService)].some(text => !isKnown(text));
}

function isService(principal: string): boolean {
  return principal.startsWith('Service:');
}

function listOf(value: any): any[] {
  return value === undefined || value === null ? [] : [value].flat();
}
