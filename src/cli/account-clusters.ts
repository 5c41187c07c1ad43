import { Calls } from './calls';
import { ADD_ONS, AUTHENTICATION_MODES, NODE_ENTRY_TYPES, operatingSystemOf } from '../private/audited-permissions';
import { Cluster, OperatingSystem, Use, UseKind } from '../private/node-role-model';
import { CNI_SERVICE_ACCOUNT } from '../private/permissions';

/** What the clusters of a region tell of roles. */
export class AccountClusters {
  /** How roles are used, by their ARNs. */
  public readonly uses = new Map<string, Use[]>();
  /** Roles that access entries say are of another kind than EC2 nodes. */
  public readonly entryTypes = new Map<string, string>();
  /** The roles that the VPC CNI plugin is given. */
  public readonly cniRoleArns = new Set<string>();

  constructor(private readonly calls: Calls) {}

  public async read(): Promise<void> {
    const names: string[] = await this.calls.visible(() => this.calls.list('eks', 'ListClusters', {}, 'clusters'), []);
    await Promise.all(names.map(name => this.readCluster(name)));
  }

  private async readCluster(clusterName: string): Promise<void> {
    const [described, addons] = await Promise.all([
      this.calls.visible(() => this.calls.one('eks', 'DescribeCluster', { name: clusterName }), undefined),
      this.calls.visible<string[] | undefined>(() => this.calls.list('eks', 'ListAddons', { clusterName }, 'addons'), undefined),
    ]);
    const cluster: Cluster = {
      name: `cluster ${clusterName}`,
      authenticationMode: described?.cluster.accessConfig?.authenticationMode,
      ipFamily: described?.cluster.kubernetesNetworkConfig?.ipFamily,
      onOutpost: described?.cluster.outpostConfig !== undefined,
      podIdentityAgent: addons?.includes(ADD_ONS.podIdentityAgent),
    };
    this.add(described?.cluster.roleArn, 'cluster', cluster.name, cluster);
    this.add(described?.cluster.computeConfig?.nodeRoleArn, 'Auto Mode', cluster.name, cluster);
    await Promise.all([
      this.readNodegroups(clusterName, cluster),
      this.readFargateProfiles(clusterName, cluster),
      this.readAssociations(clusterName),
      addons?.includes(ADD_ONS.vpcCni) && this.readVpcCni(clusterName),
    ]);
    // After the node groups, for which EKS makes entries by itself.
    await this.readAccessEntries(clusterName, cluster);
  }

  private readNodegroups(clusterName: string, cluster: Cluster): Promise<void> {
    return this.each('ListNodegroups', { clusterName }, 'nodegroups', async nodegroupName => {
      const { nodegroup } = await this.calls.one('eks', 'DescribeNodegroup', { clusterName, nodegroupName });
      const amiType = nodegroup.amiType;
      this.add(nodegroup.nodeRole, 'managed node group', `node group ${nodegroupName}`, cluster, amiType && operatingSystemOf(amiType));
    });
  }

  private readFargateProfiles(clusterName: string, cluster: Cluster): Promise<void> {
    return this.each('ListFargateProfiles', { clusterName }, 'fargateProfileNames', async fargateProfileName => {
      const { fargateProfile } = await this.calls.one('eks', 'DescribeFargateProfile', { clusterName, fargateProfileName });
      this.add(fargateProfile.podExecutionRoleArn, 'Fargate profile', `Fargate profile ${fargateProfileName}`, cluster);
    });
  }

  private async readAccessEntries(clusterName: string, cluster: Cluster): Promise<void> {
    // EKS refuses to list what such a cluster can't have.
    if (cluster.authenticationMode === AUTHENTICATION_MODES.configMap) { return; }
    const { linux, windows } = NODE_ENTRY_TYPES;
    await this.each('ListAccessEntries', { clusterName }, 'accessEntries', async principalArn => {
      const { accessEntry } = await this.calls.one('eks', 'DescribeAccessEntry', { clusterName, principalArn });
      const systems: Record<string, OperatingSystem> = { [linux]: 'Linux', [windows]: 'Windows' };
      const automatic = this.uses.get(principalArn)?.some(use => use.kind === 'managed node group' && use.cluster === cluster) ?? false;
      this.add(principalArn, 'access entry', `the access entry in ${clusterName}`, cluster, systems[accessEntry.type], automatic);
      this.entryTypes.set(principalArn, accessEntry.type);
    });
  }

  private readVpcCni(clusterName: string): Promise<void> {
    return this.calls.visible(async () => {
      const { addon } = await this.calls.one('eks', 'DescribeAddon', { clusterName, addonName: ADD_ONS.vpcCni });
      if (addon.serviceAccountRoleArn) { this.cniRoleArns.add(addon.serviceAccountRoleArn); }
    }, undefined);
  }

  private readAssociations(clusterName: string): Promise<void> {
    const { namespace, name } = CNI_SERVICE_ACCOUNT;
    return this.each('ListPodIdentityAssociations', { clusterName, namespace, serviceAccount: name }, 'associations', async ({ associationId }) => {
      const { association } = await this.calls.one('eks', 'DescribePodIdentityAssociation', { clusterName, associationId });
      this.cniRoleArns.add(association.roleArn);
    });
  }

  /** Does something with each member of a list, as far as that can be seen. */
  private async each(operation: string, input: Record<string, unknown>, member: string, read: (item: any) => Promise<void>): Promise<void> {
    const items = await this.calls.visible(() => this.calls.list('eks', operation, input, member), []);
    await Promise.all(items.map(item => this.calls.visible(() => read(item), undefined)));
  }

  private add(arn: string | undefined, kind: UseKind, by: string, cluster: Cluster, operatingSystem?: OperatingSystem, automatic: boolean = false) {
    if (arn === undefined) { return; }
    this.uses.set(arn, [...this.uses.get(arn) ?? [], { kind, by, cluster, operatingSystem, automatic }]);
  }
}
