interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Principal?: { readonly Service?: string | string[] };
  readonly Condition?: object;
}

export interface PolicyDocument {
  readonly Statement: Statement | Statement[];
}

function list<T>(value: T | T[] | undefined): T[] {
  return value === undefined ? [] : [value].flat() as T[];
}

/**
 * What a policy document says, a line for each action and resource or principal, sorted: the same for documents that differ
 * in order, in `Sid`s or in writing a list of one as a scalar.
 */
export function statementsOf(document: PolicyDocument): string[] {
  return list(document.Statement).flatMap(({ Effect, Action, Resource, Principal, Condition }) => {
    const where = [...list(Resource).map(resource => `on ${resource}`), ...list(Principal?.Service).map(service => `by ${service}`)];
    const when = Condition ? ` if ${JSON.stringify(Condition)}` : '';
    return list(Action).flatMap(action => where.map(place => `${Effect === 'Allow' ? '' : `${Effect} `}${action} ${place}${when}`));
  }).sort();
}

/** The policy documents in a page of Markdown or AsciiDoc. */
export function documentsIn(page: string): PolicyDocument[] {
  return [...page.matchAll(/^([ ]*)\{\n[^]*?^\1\}$/gm)].map(match => JSON.parse(match[0]));
}
