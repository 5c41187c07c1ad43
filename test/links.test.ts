import { execFileSync } from 'child_process';
import { existsSync, readFileSync } from 'fs';
import { join, posix } from 'path';
import { ROOT } from './docs/blocks';

const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const IN_REPOSITORY = `${repository.url.replace(/\.git$/, '')}/blob/main/`;

const PAGES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: ROOT, encoding: 'utf8' })
  .trim().split('\n').filter(page => page !== 'API.md');

/** What a page links to, pictures included; not what stands in its code. */
function linksOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replace(/^```[^]*?^```$|`[^`\n]*`(?!\])/gm, '');
  return [...text.matchAll(/\]\(([^)\s]+)[^)]*\)|(?:src|srcset|href)="([^"]+)"/g)].map(match => match[1] ?? match[2]);
}

/** The anchors of a page, as GitHub makes them from its headings. */
function anchorsOf(page: string): string[] {
  return [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^#+ (.*)$/gm)]
    .map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-'));
}

/** Whether a link leads to something; links to other sites are not followed. */
function leadsSomewhere(page: string, link: string): boolean {
  const inRepository = link.startsWith(IN_REPOSITORY);
  if (/^\w+:/.test(link) && !inRepository) { return /^(https:\/\/|mailto:)/.test(link); }
  const [path, anchor] = (inRepository ? link.slice(IN_REPOSITORY.length) : link).split('#');
  const file = path === '' ? page : posix.join(inRepository ? '.' : posix.dirname(page), path);
  return existsSync(join(ROOT, file)) && (anchor === undefined || anchorsOf(file).includes(anchor));
}

test.each(PAGES)('every link of %s leads somewhere', page => {
  expect(linksOf(page).filter(link => !leadsSomewhere(page, link))).toEqual([]);
});

test.each(PAGES.filter(page => /^README[^/]*$/.test(page)))('%s has no relative link: npm and PyPI show it without the repository', page => {
  expect(linksOf(page).length).toBeGreaterThan(10);
  expect(linksOf(page).filter(link => !/^(https:|#)/.test(link))).toEqual([]);
});
