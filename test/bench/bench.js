/**
 * Compares the compiled package with plain constructs of the CDK, in ratios. The two sides of each row are measured in turn, in this one
 * run; before synthesis is timed, both sides are seen to give the same template. Then counts what the role of the VPC CNI takes, beside
 * the CDK's service accounts.
 *
 * Goals: ratios of at most 1.05, time per role that does not grow with their number, a package of at most 100 kB without dependencies.
 */
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const { compare, inFreshProcess, ROOT, synthesize } = require('./measure');
const SCENARIOS = require('./scenarios');
const { compareWays } = require('./service-account');

const line = (name, ...cells) => console.log(name.padEnd(50) + cells.map(cell => cell.padStart(13)).join(''));
const ms = time => `${time.toFixed(1)} ms`;

line('', 'library', 'plain', 'ratio', 'a role');

for (const [name, { ours, plain }] of Object.entries(SCENARIOS)) {
  const roles = (makeRole, count) => synthesize(stack => { for (let i = 0; i < count; i++) { makeRole(stack, `Role${i}`); } });
  assert.deepStrictEqual(...[ours, plain].map(side => roles(side, 10).templates.map(template => JSON.parse(template))));
  for (const [count, rounds] of [[10, 80], [100, 20], [400, 8]]) {
    const { medians, ratio } = compare(rounds, ...[ours, plain].map(side => () => roles(side, count).milliseconds));
    line(`synthesis, ${name}, ${count} roles`, ...medians.map(ms), ratio.toFixed(3), `${(medians[0] / count).toFixed(2)} ms`);
  }
}

const FIRST_USE = 'const { App, Stack } = require("aws-cdk-lib"); const app = new App({ outdir: fs.mkdtempSync(os.tmpdir() + "/bench-") }); const stack = new Stack(app, "S");';
const FRESH_PROCESSES = {
  'require': ['require(".")', 'require("aws-cdk-lib/aws-iam")'],
  'require, first role and synthesis': [
    `${FIRST_USE} const { EksNodeRole, VpcCniPermissions } = require("."); new EksNodeRole(stack, "R", { vpcCni: VpcCniPermissions.onNodeRole() }); app.synth()`,
    `${FIRST_USE} const iam = require("aws-cdk-lib/aws-iam"); const aws = name => iam.ManagedPolicy.fromAwsManagedPolicyName(name); ` +
      'new iam.Role(stack, "R", { assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"), description: "Amazon EKS - Node role", ' +
      'managedPolicies: [aws("AmazonEKSWorkerNodePolicy"), aws("AmazonEC2ContainerRegistryReadOnly"), aws("AmazonEKS_CNI_Policy")] }); app.synth()',
  ],
};
for (const [name, sides] of Object.entries(FRESH_PROCESSES)) {
  const { medians, ratio } = compare(20, ...sides.map(code => () => inFreshProcess(code)));
  line(name, ...medians.map(ms), ratio.toFixed(3));
}

console.log();
line('a role for kube-system/aws-node adds to a cluster', 'resources', 'Lambdas', 'custom', 'bytes', 'synthesis');
for (const { name, resources, lambdas, customResources, bytes, milliseconds } of compareWays(15)) {
  line(name, ...[resources, lambdas, customResources, bytes].map(String), ms(milliseconds));
}

console.log();
const [pack] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--silent'], { cwd: ROOT, encoding: 'utf8' }));
console.log(`package: ${(pack.size / 1000).toFixed(1)} kB packed, ${Object.keys(require('../../package.json').dependencies ?? {}).length} runtime dependencies`);
