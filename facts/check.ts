import type { DatedFact } from './facts';
import { Fetch, SourceUnreachable, unlessGone } from './fetch';
import type { Sayings, Source } from './sources';

/** What the sources said when their facts were read, by source. */
export type Recorded = Record<string, Sayings>;

/** A subject of which a source says something else than the facts do. */
export interface Move {
  readonly subject: string;
  readonly kind: 'new' | 'gone' | 'changed';
  readonly added: string[];
  readonly removed: string[];
  readonly since?: string;
  readonly source: Source;
}

export interface Result {
  readonly moves: Move[];
  readonly due: DatedFact[];
  readonly unreachable: string[];
}

/** Asks every source. One that has gone or no longer reads has moved; one that can't be asked is told apart. */
export async function check(sources: Source[], recorded: Recorded, fetch: Fetch): Promise<Omit<Result, 'due'>> {
  const moves: Move[] = [];
  const unreachable: string[] = [];
  for (const source of sources) {
    const expected = source.expected ?? recorded[source.id] ?? {};
    try {
      const found = difference(expected, await observe(source, fetch));
      for (const move of found) { moves.push({ ...move, source, since: await since(source, move.subject, fetch) }); }
    } catch (error) {
      if (error instanceof SourceUnreachable) {
        unreachable.push(error.message);
      } else { // its form changed
        moves.push({ subject: source.id, kind: 'changed', added: [`could not be read: ${(error as Error).message}`], removed: [], source });
      }
    }
  }
  return { moves, unreachable };
}

/** What a source says today. */
export async function observe(source: Source, fetch: Fetch): Promise<Sayings> {
  return await unlessGone(source.observe(fetch)) ?? {};
}

async function since(source: Source, subject: string, fetch: Fetch): Promise<string | undefined> {
  try {
    return await source.since?.(subject, fetch);
  } catch {
    return undefined; // that it moved is known all the same
  }
}

function difference(expected: Sayings, observed: Sayings): Omit<Move, 'source'>[] {
  const subjects = [...new Set([...Object.keys(expected), ...Object.keys(observed)])].sort();
  return subjects.map(subject => {
    const [was, is] = [expected[subject], observed[subject]];
    return {
      subject,
      kind: !was ? 'new' as const : !is ? 'gone' as const : 'changed' as const,
      added: (is ?? []).filter(line => !was?.includes(line)),
      removed: (was ?? []).filter(line => !is?.includes(line)),
    };
  }).filter(({ kind, added, removed }) => kind !== 'changed' || added.length + removed.length > 0);
}

/** Facts that no machine-readable source stands for and that were read more than a year before that day. */
export function due(facts: DatedFact[], sources: Source[], today: string): DatedFact[] {
  const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
  return facts.filter(fact => fact.read < yearAgo && !sources.some(source => source.covers.test(fact.source)));
}
