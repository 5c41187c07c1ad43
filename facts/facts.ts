import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as audited from '../src/private/audited-permissions';
import * as permissions from '../src/private/permissions';

/** A fact of the library, where it was read and when. */
export interface DatedFact {
  readonly fact: string;
  readonly source: string;
  readonly read: string;
}

const EXPORTS = [...Object.entries(permissions), ...Object.entries(audited)];

/** The lists of actions, by name. */
export const ACTION_LISTS = EXPORTS.filter((entry): entry is [string, permissions.ActionFact[]] => Array.isArray(entry[1]) && typeof entry[1][0] === 'object');

/** All actions, each once, sorted. */
export const ACTIONS = [...new Set(ACTION_LISTS.flatMap(([, facts]) => facts.map(fact => fact.action)))].sort();

/** The AWS managed policies that the library attaches: constants in `_POLICY`, but for access policies of EKS. */
export const MANAGED_POLICIES = EXPORTS.flatMap(([name, value]) => typeof value === 'string' && /(?<!_ACCESS)_POLICY$/.test(name) ? [value] : []);

const SRC = join(__dirname, '..', 'src');

/** Each source of each fact with its date: in the lists of actions, or in a comment above an export. */
export function datedFacts(): DatedFact[] {
  const listed = ACTION_LISTS.flatMap(([list, facts]) => facts.map(({ action, source, read }) => ({ fact: `${list}: ${action}`, source, read })));
  const commented = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .flatMap(file => datedComments(readFileSync(join(SRC, file), 'utf8')));
  return [...listed, ...commented];
}

function datedComments(text: string): DatedFact[] {
  return [...text.matchAll(/((?:https:|botocore )\S[^()\n]*?) \(read (\d{4}-\d\d-\d\d)\)/g)].map(match => ({
    fact: /export (?:const|function|class|interface) (\w+)/.exec(text.slice(match.index))?.[1] ?? 'the end of the file',
    source: match[1],
    read: match[2],
  }));
}
