/**
 * Synthesizes apps into `OUT/ENVIRONMENT/APP`: `tsx synth.ts OUT APP…`. An app is named by the folder of its app.ts; the environments are those below.
 */
import { EventEmitter } from 'events';
import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { basename, dirname, join, resolve } from 'path';

const { account, environments } = JSON.parse(readFileSync(join(__dirname, 'environments.json'), 'utf8'));
EventEmitter.defaultMaxListeners = 0; // each app listens for the end of the process
const load = createRequire(__filename); // an app runs when it is loaded
const [out, ...apps] = process.argv.slice(2);

for (const [environment, region] of Object.entries<string | null>(environments)) {
  setEnvironment('CDK_DEFAULT_ACCOUNT', region ? account : null);
  setEnvironment('CDK_DEFAULT_REGION', region);
  for (const app of apps.map(path => resolve(path))) {
    process.env.CDK_OUTDIR = join(out, environment, basename(dirname(app)));
    delete load.cache[app];
    load(app);
  }
}

function setEnvironment(name: string, value: string | null) {
  if (value === null) { delete process.env[name]; } else { process.env[name] = value; }
}
