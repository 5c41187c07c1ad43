import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { check, due, Recorded } from './check';
import { datedFacts } from './facts';
import { fetchText } from './fetch';
import { exitCode, report } from './report';
import { SOURCES } from './sources';

const RECORDED = join(__dirname, 'recorded.json');

/** Compares the facts with their sources: exits with 0 where nothing moved, 1 where something did, 3 where a source could not be asked. */
async function compare(): Promise<void> {
  const recorded: Recorded = JSON.parse(readFileSync(RECORDED, 'utf8'));
  const today = new Date().toISOString().slice(0, 10);
  const result = { ...await check(SOURCES, recorded, fetchText), due: due(datedFacts(), SOURCES, today) };
  console.log(report(result));
  process.exitCode = exitCode(result);
}

/** Records what the sources say today of what the facts file only names. */
async function record(): Promise<void> {
  const recorded: Recorded = {};
  for (const source of SOURCES.filter(({ expected }) => !expected)) { recorded[source.id] = await source.observe(fetchText); }
  writeFileSync(RECORDED, `${JSON.stringify(recorded, undefined, 2)}\n`);
}

(process.argv[2] === 'record' ? record() : compare()).catch(error => {
  console.error(error);
  process.exitCode = 2;
});
