/**
 * Compiles the TypeScript blocks of docs as strictly as jsii-rosetta compiles those of README and API documentation, and translates
 * them into every language that the package is published for.
 */
import { join } from 'path';
import { RosettaTranslator, TargetLanguage, TypeScriptSnippet, typeScriptSnippetFromCompleteSource } from 'jsii-rosetta';
import { Block, blocksOf, PAGES, ROOT } from './blocks';

const LANGUAGES = [TargetLanguage.CSHARP, TargetLanguage.GO, TargetLanguage.JAVA, TargetLanguage.PYTHON];
const PACKAGES = { 'cdk-eks-node-role': ROOT, ...Object.fromEntries(['aws-cdk-lib', 'constructs'].map(name => [name, join(ROOT, 'node_modules', name)])) };
const DEPENDENCIES = Object.fromEntries(Object.entries(PACKAGES).map(([name, resolvedDirectory]) => [name, { type: 'concrete' as const, resolvedDirectory }]));

function snippetOf({ page, line, code, source }: Block): TypeScriptSnippet {
  const marked = source.replace(code, () => `/// !show\n${code}/// !hide\n`);
  const location = { api: { api: 'file' as const, fileName: page }, field: { field: 'markdown' as const, line } };
  return { ...typeScriptSnippetFromCompleteSource(marked, location, true), compilationDependencies: DEPENDENCIES };
}

async function main() {
  const snippets = PAGES.filter(page => page !== 'README.md').flatMap(blocksOf).map(snippetOf);
  const translator = new RosettaTranslator({ includeCompilerDiagnostics: true });
  const { diagnostics, translatedSnippets } = await translator.translateAll(snippets);
  diagnostics.forEach(({ formattedMessage }) => console.error(formattedMessage));
  const missing = translatedSnippets.filter(snippet => LANGUAGES.some(language => !snippet.get(language)));
  missing.forEach(({ snippet }) => console.error(`${snippet.location.api} is not translated`));
  console.log(`${translatedSnippets.length} blocks of docs in ${LANGUAGES.length} languages, ${diagnostics.length} problems`);
  process.exitCode = diagnostics.length + missing.length > 0 ? 1 : 0;
}

void main();
