/**
 * The time that NodeRoleValidator takes as a share of a synthesis of which it is a part, over roles with node groups that are spread
 * over 20 stacks, and how it grows with their number. Goals: at most 5 %, growing linearly.
 */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { App, Stack, Validations } = require('aws-cdk-lib');
const eks = require('aws-cdk-lib/aws-eks');
const { EksNodeRole, NodeRoleValidator, VpcCniPermissions } = require('../..');

const STACKS = 20;

/** The milliseconds of one synthesis, construction included, and of the validator in it. */
function synthesize(roles, findings) {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  const log = console.error;
  console.error = () => {}; // the report of the CDK
  globalThis.gc?.();
  let milliseconds = 0;
  class Timed extends NodeRoleValidator {
    validate(context) {
      const start = performance.now();
      const report = super.validate(context);
      milliseconds = performance.now() - start;
      if (report.violations.length !== (findings ? roles : 0)) { throw new Error(`${report.violations.length} findings`); }
      return report;
    }
  }
  const vpcCni = findings ? VpcCniPermissions.onNodeRole() : VpcCniPermissions.grantedElsewhere();
  const start = performance.now();
  const app = new App({ outdir, analyticsReporting: false });
  Validations.of(app).addPlugins(new Timed());
  for (let s = 0; s < STACKS; s++) {
    const stack = new Stack(app, `Stack${s}`);
    for (let r = 0; r < roles / STACKS; r++) {
      const nodeRole = new EksNodeRole(stack, `Role${r}`, { vpcCni });
      new eks.CfnNodegroup(stack, `Nodegroup${r}`, { clusterName: 'cluster', subnets: ['subnet-1'], nodeRole });
    }
  }
  app.synth();
  const all = performance.now() - start;
  console.error = log;
  rmSync(outdir, { recursive: true });
  return { all, milliseconds };
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

console.log(`${'\nvalidator'.padEnd(39)} synthesis    validator    share      a role`);
for (const [roles, findings] of [[100, false], [200, false], [400, false], [800, false], [400, true]]) {
  for (let i = 0; i < 3; i++) { synthesize(roles, findings); }
  const runs = [...Array(9)].map(() => synthesize(roles, findings));
  const share = median(runs.map(run => run.milliseconds / run.all));
  const [all, milliseconds] = [median(runs.map(run => run.all)), median(runs.map(run => run.milliseconds))];
  console.log(`${`${roles} roles in ${STACKS} stacks${findings ? ', a finding each' : ''}`.padEnd(38)} ${all.toFixed(0).padStart(6)} ms ${milliseconds.toFixed(1).padStart(9)} ms ` +
    `${(share * 100).toFixed(1).padStart(6)} %   ${(milliseconds / roles).toFixed(3)} ms`);
}
