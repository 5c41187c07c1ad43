import { existsSync, readdirSync, readFileSync } from 'fs';
import { basename, join } from 'path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..');

/** What stands around the blocks of a page: its own fixture, or that of README. */
function fixtureOf(page: string): string {
  const own = join(ROOT, 'rosetta', `${basename(page, '.md')}.ts-fixture`);
  return readFileSync(existsSync(own) ? own : join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8');
}

/** The TypeScript blocks of docs, each as a source file beside the examples; README is compiled by `npm run test:docs`. */
const SOURCES = new Map(readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.md')).flatMap(file => {
  const blocks = readFileSync(join(ROOT, 'docs', file), 'utf8').matchAll(/^```ts( nofixture)?.*\n([^]*?)^```$/gm);
  return [...blocks].map(([, nofixture, code], index) => [
    join(ROOT, 'examples', `${file.replace(/\W/g, '-')}-${index + 1}.ts`),
    nofixture ? code : fixtureOf(file).replace('/// here', () => code),
  ] as const);
}));

test('every TypeScript block of docs compiles', () => {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.dev.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = file => SOURCES.has(file) || fileExists(file);
  host.getSourceFile = (file, target, ...rest) => {
    const source = SOURCES.get(file);
    return source === undefined ? getSourceFile(file, target, ...rest) : ts.createSourceFile(file, source, target);
  };

  const program = ts.createProgram([...SOURCES.keys()], { ...options, noUnusedLocals: false, noUnusedParameters: false, skipLibCheck: true }, host);
  const errors = [...SOURCES.keys()].flatMap(file => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
  expect(errors.map(error => `${error.file?.fileName}: ${ts.flattenDiagnosticMessageText(error.messageText, '\n')}`)).toEqual([]);
  expect(SOURCES.size).toBeGreaterThan(1);
}, 60_000);
