/**
 * Runs an integration test's app for integ-runner, which reads cloud assemblies of schema 53 at most (2.197.10, the newest release),
 * while the CDK writes a later one since 2.258.0; what these tests need is in both. Delete it, and name the app alone in the task,
 * once integ-runner reads what the CDK writes.
 */
import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';

const SCHEMA = '53.0.0';

process.on('exit', () => {
  const outdir = process.env.CDK_OUTDIR!;
  for (const file of readdirSync(outdir).filter(name => /^(cdk\.out|(manifest|integ|.*\.assets)\.json)$/.test(name))) {
    const { minimumCliVersion, ...content } = JSON.parse(readFileSync(join(outdir, file), 'utf8'));
    // What would fill the snapshots: every flag of the CDK, and where in the source each resource is made.
    delete content.artifacts?.['aws-cdk-lib/feature-flag-report'];
    for (const artifact of Object.values<any>(content.artifacts ?? {})) { delete artifact.additionalMetadataFile; }
    writeFileSync(join(outdir, file), JSON.stringify({ ...content, version: SCHEMA }, undefined, 2) + '\n');
  }
});

void import(resolve(process.argv[2]));
