import { App, Stack } from 'aws-cdk-lib';

/** Regions and their partitions: botocore 1.44.5, data/partitions.json (read 2026-11-24). */
export const PARTITIONS: [string, string][] = [
  ['us-east-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['eusc-de-east-1', 'aws-eusc'],
];

/** A stack of a region, or of none in particular; all of them are written to one folder. */
export function stackIn(region: string | undefined, outdir: string): Stack {
  return new Stack(new App({ outdir, analyticsReporting: false, treeMetadata: false, stackTraces: false }), 'Stack', region ? { env: { account: '444455556666', region } } : {});
}

/** Where a stack is deployed; one of no region in particular to a place whose names stand nowhere in the code. */
export function placeOf(stack: Stack): { region: string; partition: string } {
  const [region, partition] = PARTITIONS.find(([name]) => name === stack.region) ?? ['xy-nowhere-1', 'aws-nowhere'];
  return { region, partition };
}
