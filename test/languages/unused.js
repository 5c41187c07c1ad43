/** Constructs and choices that the apps in FOLDERS leave out, by the assembly of jsii; fails if there are any. */
const { readdirSync, readFileSync } = require('fs');
const { join } = require('path');

const { types } = JSON.parse(readFileSync('.jsii', 'utf8'));
const classes = Object.values(types).filter(({ kind }) => kind === 'class');
const isChoice = ({ initializer }) => initializer === undefined;

for (const folder of process.argv.slice(2)) {
  const text = readdirSync(join(__dirname, folder)).map(file => readFileSync(join(__dirname, folder, file), 'utf8')).join('\n');
  const uses = (...names) => new RegExp(`\\b(New)?${names.join('[._]')}\\b`, 'i').test(text); // Class.choice in Java, Class_Choice in Go
  const unused = classes.flatMap(type => isChoice(type)
    ? type.methods.filter(method => !uses(type.name, method.name)).map(method => `${type.name}.${method.name}`)
    : uses(type.name) ? [] : [type.name]);
  if (unused.length > 0) {
    console.error(`Not used in test/languages/${folder}: ${unused.join(', ')}`);
    process.exitCode = 1;
  }
}
