import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

export const ROOT = join(__dirname, '..', '..');
const FIXTURE = readFileSync(join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8');

/** A TypeScript block of a page, such as `ts`, `ts nofixture` or `ts step=1`. */
export interface Block {
  readonly page: string;
  readonly line: number;
  /** The heading that it stands under. */
  readonly heading: string;
  /** What stands behind `ts`. */
  readonly info: string;
  readonly code: string;
  /** The code with the fixture around it. */
  readonly source: string;
}

/** The pages for users, from the root of the repository. */
export const PAGES = ['README.md', ...filesBelow('docs').filter(file => file.endsWith('.md'))];

/** The files below a folder, from the root of the repository. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)).sort();
}

/** The TypeScript blocks of a page. */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```ts ?(.*)\n([^]*?)^```$/gm)].map(match => {
    const [, info, code] = match;
    const before = text.slice(0, match.index);
    return {
      page,
      line: before.split('\n').length,
      heading: before.match(/^#+ .*$/gm)?.pop() ?? page,
      info,
      code,
      source: info === 'nofixture' ? code : FIXTURE.replace('/// here', () => code),
    };
  });
}
