import { parseArgs } from 'util';
import { ACCOUNT_READS, ACCOUNT_READS_OF_CLUSTERS, GUIDE_ROLE_NAMES } from '../private/audited-permissions';
import { ActionFact } from '../private/permissions';

/** What a user asks for. */
export interface Arguments {
  readonly names: string[];
  readonly all: boolean;
  readonly json: boolean;
  readonly region?: string;
  readonly profile?: string;
}

/** Arguments that can't be understood. */
export class UsageError extends Error {}

export const HELP = `Usage: cdk-eks-node-role check [NAME...] [--all] [--region REGION] [--profile PROFILE] [--json]

Checks the roles of EKS nodes in an AWS account. It reads and never changes anything.

  NAME...            roles by name; without names those that contain one of
                     ${GUIDE_ROLE_NAMES.join(', ')}
  --all              every role that a node group of the region uses, and the roles of the VPC CNI plugin
  --region REGION    the region of the clusters; else from the environment or the profile
  --profile PROFILE  the profile of the AWS configuration to use
  --json             print the results as JSON
  --help             print this text

A line for each rule says ok, warning, error, or not visible with what could not be seen.

Exit code: 0 without errors, 1 with errors, 2 if the check could not be made.

It needs the permissions
${permissions(ACCOUNT_READS)}
and, for what clusters tell (else rules say "not visible"),
${permissions(ACCOUNT_READS_OF_CLUSTERS)}
and the AWS SDK: npm install --save-dev @aws-sdk/client-iam @aws-sdk/client-eks
`;

/** Reads the arguments; undefined where the user asks for help. Throws UsageError. */
export function parseArguments(args: string[]): Arguments | undefined {
  const { values, positionals: [command, ...names] } = parse(args);
  if (values.help) { return undefined; }
  if (command !== 'check') { throw new UsageError(command === undefined ? 'a command is missing' : `there is no command ${command}`); }
  if (values.all && names.length > 0) { throw new UsageError('--all goes without names'); }
  return { names, all: values.all ?? false, json: values.json ?? false, region: values.region, profile: values.profile };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        all: { type: 'boolean' },
        region: { type: 'string' },
        profile: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function permissions(facts: ActionFact[]): string {
  const width = Math.max(...facts.map(({ action }) => action.length));
  return facts.map(({ action, reason }) => `  ${action.padEnd(width)}  ${reason}`).join('\n');
}
