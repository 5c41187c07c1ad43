import { Move, Result } from './check';

export const NOTHING_MOVED = 0;
export const SOMETHING_MOVED = 1;
export const OFFLINE = 3; // 2 is left to a check that can't run at all

/** Something to do comes before a source that could not be asked. */
export function exitCode({ moves, due, unreachable }: Result): number {
  if (moves.length + due.length > 0) { return SOMETHING_MOVED; }
  return unreachable.length > 0 ? OFFLINE : NOTHING_MOVED;
}

/** What moved, since when, and what to change, as Markdown. */
export function report({ moves, due, unreachable }: Result): string {
  return [
    ...section(`${moves.length} moved`, moves.map(describe)),
    ...section(`${due.length} due to be read again (over a year old, without a machine-readable source)`,
      due.map(({ fact, source, read }) => `- \`${fact}\`, read ${read}: ${source}`)),
    ...section(`offline: ${unreachable.length} could not be asked`, unreachable.map(message => `- ${message}`)),
    ...moves.length + due.length + unreachable.length === 0 ? ['Nothing moved: the facts are as their sources say.'] : [],
  ].join('\n');
}

function section(title: string, lines: string[]): string[] {
  return lines.length > 0 ? [`## ${title}`, '', ...lines, ''] : [];
}

function describe({ subject, kind, added, removed, since, source }: Move): string {
  return [
    `- **${subject}** ${{ new: 'is new', gone: 'has gone', changed: 'has changed' }[kind]}, ${since ? `since ${since}` : 'since it was read'}: ${source.page}`,
    ...added.map(line => `  - now: \`${line}\``),
    ...removed.map(line => `  - no longer: \`${line}\``),
    `  - to do: ${source.change}`,
  ].join('\n');
}
