/**
 * Loaded before the apps are: audits each with the packs of cdk-nag when it is synthesized, and writes the findings beside its templates.
 */
const { writeFileSync } = require('fs');
const { join } = require('path');
const { App } = require('aws-cdk-lib');
const { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } = require('cdk-nag');

const { synth } = App.prototype;

App.prototype.synth = function (options) {
  const assembly = synth.call(this, options);
  const findings = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks]
    .flatMap(Pack => new Pack(this).validateScope(this).violations)
    .flatMap(violation => violation.violatingResources.map(({ constructPath }) => ({ id: violation.ruleName, constructPath })));
  writeFileSync(join(assembly.directory, 'nag.json'), JSON.stringify(findings, undefined, 2));
  return assembly;
};
