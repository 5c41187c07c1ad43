/* eslint-disable no-bitwise -- the flags of TypeScript are bits */
import { join } from 'path';
import * as ts from 'typescript';
import { ROOT } from './docs/blocks';

const INDEX = join(ROOT, 'src', 'index.ts');
const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.dev.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
const program = ts.createProgram([INDEX], options);
const checker = program.getTypeChecker();

interface Documented { readonly name: string; readonly symbol: ts.Symbol }

/** What `src/index.ts` exports. */
const EXPORTS: Documented[] = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(INDEX)!)!).map(exported => {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  return { name: symbol.name, symbol };
});

/** The members of the exports that users see, with those that come from classes of this library. */
const MEMBERS: Documented[] = EXPORTS.flatMap(({ name, symbol }) => {
  const own = symbol.flags & ts.SymbolFlags.Enum ? [] : checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
  const members = [...symbol.exports?.values() ?? [], ...own].filter(isPublicHere);
  return members.map(member => ({ name: `${name}.${member.name}`, symbol: member }));
});

function isPublicHere(symbol: ts.Symbol): boolean {
  const [declaration] = symbol.declarations ?? [];
  return declaration?.getSourceFile().fileName.startsWith(join(ROOT, 'src'))
    && !(ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected))
    && !symbol.getJsDocTags(checker).some(tag => tag.name === 'internal');
}

function undocumented(documented: Documented[]): string[] {
  return documented.filter(({ symbol }) => symbol.getDocumentationComment(checker).length === 0).map(({ name }) => name);
}

test('every export says what it is', () => {
  expect(EXPORTS.length).toBeGreaterThan(30);
  expect(undocumented(EXPORTS)).toEqual([]);
});

test('every member says what it is', () => {
  expect(MEMBERS.length).toBeGreaterThan(130);
  expect(undocumented(MEMBERS)).toEqual([]);
});

test('every optional prop says its default', () => {
  const optional = MEMBERS.filter(({ symbol }) => symbol.flags & ts.SymbolFlags.Optional && ts.isPropertySignature(symbol.declarations![0]));
  expect(optional.length).toBeGreaterThan(60);
  expect(optional.filter(({ symbol }) => !symbol.getJsDocTags(checker).some(tag => tag.name === 'default')).map(({ name }) => name)).toEqual([]);
});
