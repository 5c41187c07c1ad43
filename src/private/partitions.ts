/** The partition of a region. @see botocore 1.44.5, data/partitions.json (read 2026-11-24) */
const PARTITIONS: [string, RegExp][] = [
  ['aws-cn', /^cn-/],
  ['aws-us-gov', /^us-gov-/],
  ['aws-iso', /^us-iso-/],
  ['aws-iso-b', /^us-isob-/],
  ['aws-iso-e', /^eu-isoe-/],
  ['aws-iso-f', /^us-isof-/],
  ['aws-eusc', /^eusc-/],
];

/** The partition of a region. */
export function partitionOf(region: string): string {
  const [partition] = PARTITIONS.find(([, pattern]) => pattern.test(region)) ?? ['aws'];
  return partition;
}
