/** Ways to measure: the two sides of a comparison take turns in one run, and what counts are medians. */
const { execFileSync } = require('node:child_process');
const { mkdtempSync, readFileSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { App, Stack } = require('aws-cdk-lib');

const ROOT = join(__dirname, '..', '..');

/** Makes and synthesizes a stack; gives the milliseconds that took, and the templates as text, those of nested stacks included. */
function synthesize(fill, context = {}) {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  globalThis.gc?.();
  const start = performance.now();
  const app = new App({ outdir, analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 0, ...context } });
  fill(new Stack(app, 'Stack'));
  app.synth();
  const milliseconds = performance.now() - start;
  const templates = readdirSync(outdir).filter(file => file.endsWith('.template.json')).sort().map(file => readFileSync(join(outdir, file), 'utf8'));
  rmSync(outdir, { recursive: true });
  return { milliseconds, templates };
}

/** The milliseconds that code takes in a fresh process. */
function inFreshProcess(code) {
  const script = `const start = performance.now(); ${code}; console.log(performance.now() - start)`;
  return Number(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' }));
}

/**
 * Measurements that take turns, the order of the turns changing; the first turns are not counted. Gives the median of each, and the medians
 * of the ratio and the difference, turn by turn, of the first to the last.
 */
function compare(rounds, ...measurements) {
  const times = measurements.map(() => []);
  for (let round = -3; round < rounds; round++) {
    const turns = [...measurements.keys()];
    for (const i of round % 2 ? turns : turns.reverse()) {
      const time = measurements[i]();
      if (round >= 0) { times[i].push(time); }
    }
  }
  const pairs = times[0].map((first, i) => [first, times.at(-1)[i]]);
  return {
    medians: times.map(median),
    ratio: median(pairs.map(([first, last]) => first / last)),
    difference: median(pairs.map(([first, last]) => first - last)),
  };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

module.exports = { ROOT, compare, inFreshProcess, synthesize };
