import { readFileSync } from 'fs';
import { join } from 'path';
import * as permissions from '../src/private/permissions';

/** A fact of the facts file, where it was read and when. */
export interface DatedFact {
  readonly fact: string;
  readonly source: string;
  readonly read: string;
}

export const FACTS_FILE = 'src/private/permissions.ts';

const EXPORTS = Object.entries(permissions);

/** The lists of actions, by name. */
export const ACTION_LISTS = EXPORTS.filter((entry): entry is [string, permissions.ActionFact[]] => Array.isArray(entry[1]));

/** All actions, each once, sorted. */
export const ACTIONS = [...new Set(ACTION_LISTS.flatMap(([, facts]) => facts.map(fact => fact.action)))].sort();

/** The AWS managed policies that the library attaches; a customer managed policy's constant ends in `_NAME`. */
export const MANAGED_POLICIES = EXPORTS.flatMap(([name, value]) => name.endsWith('_POLICY') && typeof value === 'string' ? [value] : []);

/** Each source of each exported fact, as the facts file dates it: in the lists of actions, or in the comment above. */
export function datedFacts(text = readFileSync(join(__dirname, '..', FACTS_FILE), 'utf8')): DatedFact[] {
  const commented = [...text.matchAll(/((?:https:|botocore )\S[^()\n]*?) \(read (\d{4}-\d\d-\d\d)\)/g)].map(match => ({
    fact: /export (?:const|function) (\w+)/.exec(text.slice(match.index))?.[1] ?? 'the end of the file',
    source: match[1],
    read: match[2],
  }));
  const listed = ACTION_LISTS.flatMap(([list, facts]) => facts.map(({ action, source, read }) => ({ fact: `${list}: ${action}`, source, read })));
  return [...listed, ...commented];
}
