import { readFileSync } from 'fs';
import { join } from 'path';

const [ENGLISH, JAPANESE] = ['README.md', 'README.ja.md'].map(file => readFileSync(join(__dirname, '..', file), 'utf8'));

const FENCED = /^```.*\n[^]*?^```$/gm;
const codeBlocks = (text: string) => text.match(FENCED);
const prose = (text: string) => text.replace(FENCED, '');

/** What of a text must be the same in both languages: how deep each heading is, and the code in it. */
const headings = (text: string) => prose(text).match(/^#+ .*$/gm)!.map(heading => [heading.match(/^#+/)![0], heading.match(/`[^`]+`/)?.[0]]);

/** Each table row by its first code or link, and how many cells it has. */
const rows = (text: string) => prose(text).match(/^\|.*\|$/gm)!.map(row => [row.match(/`[^`]+`/)?.[0], row.split(/ \| /).length]);

const links = (text: string) => prose(text).match(/(?<=\]\()https:[^)]+/g)!
  .map(link => link.replace('/ja_jp/', '/').replace(/README(\.ja)?\.md$/, 'README')).sort();

test('the Japanese README has the same code', () => {
  expect(codeBlocks(JAPANESE)).toEqual(codeBlocks(ENGLISH));
});

test('the Japanese README has the same sections', () => {
  expect(headings(JAPANESE)).toEqual(headings(ENGLISH));
  expect(headings(JAPANESE).length).toBeGreaterThan(10);
});

test('the Japanese README has the same table rows', () => {
  expect(rows(JAPANESE)).toEqual(rows(ENGLISH));
});

test('the Japanese README has the same links', () => {
  expect(links(JAPANESE)).toEqual(links(ENGLISH));
});

test('the Japanese README is in Japanese', () => {
  const english = prose(JAPANESE).replace(/`[^`]+`/g, '').split('\n').filter(line => line.length > 40 && !/[\u3040-\u30ff\u4e00-\u9fff]/.test(line));
  expect(english).toEqual([]);
});
