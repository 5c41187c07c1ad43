import { NothingToCheck, readAccount } from './account-inventory';
import { HELP, parseArguments, UsageError } from './arguments';
import { CallError, Calls, Send } from './calls';
import { print, reportOn } from './report';
import { SdkMissing } from './sdk';

/** What a command reads from and writes to. */
export interface Surroundings {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly env: Record<string, string | undefined>;
  readonly connect: (region: string | undefined) => Send;
}

const [PASSED, ERRORS_FOUND, NOT_CHECKED] = [0, 1, 2];

/** Runs the command line; gives the exit code. */
export async function run(args: string[], { stdout, stderr, env, connect }: Surroundings): Promise<number> {
  try {
    const wanted = parseArguments(args);
    if (!wanted) {
      stdout.write(HELP);
      return PASSED;
    }
    if (wanted.profile !== undefined) { env.AWS_PROFILE = wanted.profile; }
    const calls = new Calls(connect(wanted.region));
    const stop = showProgress(calls, stderr);
    const report = await readAccount(calls, wanted).then(reportOn).finally(stop);
    stdout.write(wanted.json ? `${JSON.stringify(report, undefined, 2)}\n` : print(report));
    return report.summary.error > 0 ? ERRORS_FOUND : PASSED;
  } catch (error) {
    stderr.write(`cdk-eks-node-role: ${explain(error as Error)}\n`);
    return NOT_CHECKED;
  }
}

/** On a terminal, after a second. */
function showProgress(calls: Calls, stderr: Surroundings['stderr']): () => void {
  if (!stderr.isTTY) { return () => {}; }
  const show = () => stderr.write(`\rReading the account: ${calls.answered} calls`);
  const timer = setInterval(show, 1000);
  return () => {
    clearInterval(timer);
    stderr.write('\r\u001b[K');
  };
}

/** Why nothing could be checked, in plain words. */
function explain(error: Error): string {
  if (error instanceof UsageError) { return `${error.message}. See cdk-eks-node-role --help`; }
  if (error instanceof SdkMissing || error instanceof NothingToCheck) { return error.message; }
  if (!(error instanceof CallError)) { return `could not check: ${error.message}`; }
  if (error.denied) { return `could not check: not permitted to call ${error.action}. cdk-eks-node-role --help lists the permissions that it needs`; }
  return `could not check: ${error.failure ?? 'a call failed'} (${error.action}: ${error.message})`;
}
