#!/usr/bin/env node
import { run } from './command';
import { sdk } from './sdk';

const { stdout, stderr, env } = process;
void run(process.argv.slice(2), { stdout, stderr, env, connect: sdk }).then(code => { process.exitCode = code; });
