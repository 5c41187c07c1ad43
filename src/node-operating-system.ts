/**
 * The operating system of nodes.
 */
export enum NodeOperatingSystem {
  /**
   * Linux, Bottlerocket included.
   */
  LINUX = 'LINUX',

  /**
   * Windows. Windows nodes need another role than the Linux nodes of the same cluster.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html
   */
  WINDOWS = 'WINDOWS',
}

/**
 * Options of `EksNodeRole.allowClusterAccess`.
 */
export interface NodeClusterAccessOptions {
  /**
   * The operating system of the nodes.
   *
   * @default NodeOperatingSystem.LINUX
   */
  readonly operatingSystem?: NodeOperatingSystem;
}
