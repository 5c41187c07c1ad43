/** Synthesizes every example of the working directory into FOLDER/<its name>. */
const { readdirSync } = require('fs');
const { join, resolve } = require('path');

process.setMaxListeners(0); // each app has one
const [, , folder] = process.argv;
for (const { name: example } of readdirSync('.', { withFileTypes: true }).filter(entry => entry.isDirectory() && entry.name !== 'node_modules')) {
  process.env.CDK_OUTDIR = join(folder, example);
  require(resolve(example, 'app.js'));
}
