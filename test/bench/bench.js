/**
 * Compares the compiled package with plain roles of the CDK, in ratios of medians. The two sides of each row are measured in turn,
 * in this one run; before synthesis is timed, both sides are seen to give the same template.
 *
 * Goals: ratios of at most 1.05, time per role that does not grow with their number, a package of at most 100 kB without dependencies.
 */
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { App, Stack } = require('aws-cdk-lib');
const iam = require('aws-cdk-lib/aws-iam');
const { Construct } = require('constructs');
const library = require('../..');

const ROOT = join(__dirname, '..', '..');

const aws = name => iam.ManagedPolicy.fromAwsManagedPolicyName(name);
const allow = (actions, resources = ['*']) => new iam.PolicyStatement({ actions, resources });
const plainRole = (scope, id, managedPolicies) => new iam.Role(scope, id, {
  assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
  description: 'Amazon EKS - Node role',
  managedPolicies,
});

const SCENARIOS = {
  'AWS managed policies': {
    ours: (stack, id) => new library.EksNodeRole(stack, id, { vpcCni: library.VpcCniPermissions.onNodeRole() }),
    plain: (stack, id) => plainRole(stack, id, [
      aws('AmazonEKSWorkerNodePolicy'), aws('AmazonEC2ContainerRegistryReadOnly'), aws('AmazonEKS_CNI_Policy'),
    ]),
  },
  'shared IPv6 policy': {
    ours: (stack, id) => new library.EksNodeRole(stack, id, {
      vpcCni: library.VpcCniPermissions.onNodeRole({ ipFamily: library.VpcCniIpFamily.IPV6 }),
    }),
    plain: (stack, id) => plainRole(stack, id, [
      aws('AmazonEKSWorkerNodePolicy'), aws('AmazonEC2ContainerRegistryReadOnly'),
      stack.node.tryFindChild('AmazonEKS_CNI_IPv6_Policy') ?? new iam.ManagedPolicy(stack, 'AmazonEKS_CNI_IPv6_Policy', {
        statements: [
          allow([
            'ec2:AssignIpv6Addresses', 'ec2:DescribeInstanceTypes', 'ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces',
            'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeTags',
          ]),
          allow(['ec2:CreateTags'], [`arn:${stack.partition}:ec2:*:*:network-interface/*`]),
        ],
      }),
    ]),
  },
  'own statements': {
    ours: (stack, id) => new library.EksNodeRole(stack, id, {
      workerNodePolicy: library.WorkerNodePolicy.leastPrivilege(),
      containerRegistryPolicy: library.ContainerRegistryPolicy.leastPrivilege(),
      vpcCni: library.VpcCniPermissions.grantedElsewhere(),
    }),
    plain: (stack, id) => {
      const scope = new Construct(stack, id);
      plainRole(scope, 'Default', [new iam.ManagedPolicy(scope, 'NodePolicy', {
        statements: [
          allow(['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'eks:DescribeCluster', 'eks-auth:AssumeRoleForPodIdentity']),
          allow(['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']),
        ],
      })]);
    },
  },
};

/** Makes and synthesizes an app with so many roles; gives the milliseconds that took, and the template. */
function synthesize(makeRole, roles) {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  globalThis.gc?.();
  const start = performance.now();
  const app = new App({ outdir, analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  const stack = new Stack(app, 'Stack');
  for (let i = 0; i < roles; i++) { makeRole(stack, `Role${i}`); }
  const assembly = app.synth();
  const milliseconds = performance.now() - start;
  const { template } = assembly.getStackByName('Stack');
  rmSync(outdir, { recursive: true });
  return { milliseconds, template };
}

/** The milliseconds that code takes in a fresh process. */
function inFreshProcess(code) {
  const script = `const start = performance.now(); ${code}; console.log(performance.now() - start)`;
  return Number(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' }));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

/** Medians of two measurements that take turns, the order of the turns changing; the first turns are not counted. */
function compare(rounds, ours, plain) {
  for (let i = 0; i < 3; i++) { ours(); plain(); }
  const times = { ours: [], plain: [] };
  for (let i = 0; i < rounds; i++) {
    for (const side of i % 2 ? ['ours', 'plain'] : ['plain', 'ours']) { times[side].push(side === 'ours' ? ours() : plain()); }
  }
  const ratios = times.ours.map((time, i) => time / times.plain[i]);
  return { ours: median(times.ours), plain: median(times.plain), ratio: median(ratios) };
}

function row(name, { ours, plain, ratio }, more = '') {
  console.log(`${name.padEnd(44)} ${ours.toFixed(1).padStart(9)} ms ${plain.toFixed(1).padStart(9)} ms   ${ratio.toFixed(3)}${more}`);
}

console.log(`${''.padEnd(44)} ${'library'.padStart(12)} ${'plain'.padStart(12)}   ratio`);

for (const [name, { ours, plain }] of Object.entries(SCENARIOS)) {
  assert.deepStrictEqual(synthesize(ours, 10).template, synthesize(plain, 10).template);
  for (const [roles, rounds] of [[10, 80], [100, 20], [400, 8]]) {
    const result = compare(rounds, () => synthesize(ours, roles).milliseconds, () => synthesize(plain, roles).milliseconds);
    row(`synthesis, ${name}, ${roles} roles`, result, `   ${(result.ours / roles).toFixed(2)} ms a role`);
  }
}

row('require', compare(20, () => inFreshProcess('require(".")'), () => inFreshProcess('require("aws-cdk-lib/aws-iam")')));

const FIRST_USE = 'const { App, Stack } = require("aws-cdk-lib"); const app = new App({ outdir: fs.mkdtempSync(os.tmpdir() + "/bench-") }); const stack = new Stack(app, "S");';
row('require, first role and synthesis', compare(
  20,
  () => inFreshProcess(`${FIRST_USE} const { EksNodeRole, VpcCniPermissions } = require("."); new EksNodeRole(stack, "R", { vpcCni: VpcCniPermissions.onNodeRole() }); app.synth()`),
  () => inFreshProcess(`${FIRST_USE} const iam = require("aws-cdk-lib/aws-iam"); const aws = name => iam.ManagedPolicy.fromAwsManagedPolicyName(name); ` +
    'new iam.Role(stack, "R", { assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"), description: "Amazon EKS - Node role", ' +
    'managedPolicies: [aws("AmazonEKSWorkerNodePolicy"), aws("AmazonEC2ContainerRegistryReadOnly"), aws("AmazonEKS_CNI_Policy")] }); app.synth()'),
));

const [pack] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--silent'], { cwd: ROOT, encoding: 'utf8' }));
console.log(`package: ${(pack.size / 1000).toFixed(1)} kB packed, ${Object.keys(require('../../package.json').dependencies ?? {}).length} runtime dependencies`);
