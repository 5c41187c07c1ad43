/** Checks what `npm pack` put into the tarball TARBALL: only what users need, small, and nothing that runs at installation. */
const { execFileSync } = require('child_process');
const { statSync } = require('fs');

const MAX_BYTES = 100_000;
const NEEDED = [
  /^package\.json$/, /^LICENSE$/, /^README\.md$/, /^\.jsii$/, // the assembly, for the other languages
  /^lib\/index\.js$/, /^lib\/index\.d\.ts$/,
];
const ALLOWED = [
  ...NEEDED,
  /^lib\/([\w-]+\/)*[\w-]+\.js$/,
  /^lib\/([\w-]+\/)*[\w-]+\.d\.ts$/,
  /^API\.md$/, /^docs\/[\w-]+\.(md|svg)$/, // what the README links to
];
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

const [, , tarball] = process.argv;
const tar = (...args) => execFileSync('tar', [...args], { encoding: 'utf8' });
const files = tar('--list', '--file', tarball).trim().split('\n').map(file => file.replace(/^package\//, ''));
const { scripts = {}, dependencies = {} } = JSON.parse(tar('--extract', '--to-stdout', '--file', tarball, 'package/package.json'));
const { size } = statSync(tarball);

const failures = [
  ...files.filter(file => !ALLOWED.some(pattern => pattern.test(file))).map(file => `${file} is not for users`),
  ...NEEDED.filter(pattern => !files.some(file => pattern.test(file))).map(pattern => `nothing is ${pattern}`),
  ...INSTALL_SCRIPTS.filter(script => script in scripts).map(script => `the script "${script}" runs at installation`),
  ...Object.keys(dependencies).map(name => `${name} is a dependency`),
  ...(size > MAX_BYTES ? [`${size} bytes are more than ${MAX_BYTES}`] : []),
];
console.log(`The package has ${files.length} files, ${size} bytes packed.`);
if (failures.length > 0) {
  console.error(failures.join('\n'));
  process.exitCode = 1;
}
