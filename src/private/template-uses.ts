import { ADD_ONS, NODE_ENTRY_TYPES, operatingSystemOf } from './audited-permissions';
import { Cluster, Kind, OperatingSystem, Use, UseKind } from './node-role-model';
import { CNI_SERVICE_ACCOUNT } from './permissions';
import { TemplateClusters } from './template-clusters';
import { TemplateIds } from './template-ids';
import { Located, TemplateResources } from './template-resources';
import { isKnown } from './template-values';

/** A use of a role in a template. */
export interface TemplateUse extends Use {
  readonly located: Located;
  /** What the role is for by this use alone; undefined where the use says nothing of nodes. */
  readonly roleKind?: Kind;
}

/** How the roles of an app are used, by the ids of the roles. */
export class TemplateUses {
  public readonly byRole = new Map<string, TemplateUse[]>();
  /** What launches nodes at once. */
  public readonly launchers = new Map<string, Located[]>();
  /** The roles that the VPC CNI plugin is given. */
  public readonly ofVpcCni = new Map<string, Located>();
  /** Roles of instance profiles, which may or may not be of nodes. */
  public readonly inProfiles = new Set<string>();
  private readonly profileRoles = new Map<string, string[]>();
  private readonly launchTemplates = new Map<string, { readonly roles: string[]; readonly cluster?: Cluster }>();

  constructor(private readonly resources: TemplateResources, private readonly roles: TemplateIds, private readonly clusters: TemplateClusters) {
    this.addClusters();
    this.addFargateProfiles();
    this.addNodegroups();
    this.addAccessEntries();
    this.addSelfManagedNodes();
    this.addVpcCniRoles();
  }

  private addClusters() {
    for (const cluster of this.clusters.made) {
      this.add(cluster.roleArn, 'cluster', cluster.located, cluster);
      this.add(cluster.nodeRoleArn, 'Auto Mode', cluster.located, cluster, { roleKind: 'Auto Mode nodes' });
    }
  }

  private addFargateProfiles() {
    for (const profile of this.resources.ofTypes('AWS::EKS::FargateProfile', 'Custom::AWSCDK-EKS-FargateProfile')) {
      // The custom resource takes what the API takes.
      const { Config, PodExecutionRoleArn = Config?.podExecutionRoleArn, ClusterName = Config?.clusterName } = profile.properties;
      this.add(this.text(profile, PodExecutionRoleArn), 'Fargate profile', profile, this.cluster(profile, ClusterName));
    }
  }

  private addNodegroups() {
    for (const group of this.resources.ofTypes('AWS::EKS::Nodegroup')) {
      const { NodeRole, ClusterName, AmiType, LaunchTemplate } = group.properties;
      // A launch template may bring an AMI of its own.
      const amiType = this.text(group, AmiType) ?? (LaunchTemplate === undefined ? '' : 'CUSTOM');
      this.add(this.text(group, NodeRole), 'managed node group', group, this.cluster(group, ClusterName), {
        roleKind: 'EC2 nodes',
        operatingSystem: isKnown(amiType) ? operatingSystemOf(amiType) : undefined,
      });
      this.addLauncher(this.text(group, NodeRole), group);
    }
  }

  private addAccessEntries() {
    const { linux, windows, autoMode, hybrid } = NODE_ENTRY_TYPES;
    for (const entry of this.resources.ofTypes('AWS::EKS::AccessEntry')) {
      const { PrincipalArn, ClusterName, Type } = entry.properties;
      const type = this.text(entry, Type) ?? '';
      const kinds: Record<string, Kind> = { [linux]: 'EC2 nodes', [windows]: 'EC2 nodes', [autoMode]: 'Auto Mode nodes', [hybrid]: 'hybrid nodes' };
      const systems: Record<string, OperatingSystem> = { [linux]: 'Linux', [windows]: 'Windows' };
      this.add(this.text(entry, PrincipalArn), 'access entry', entry, this.cluster(entry, ClusterName), {
        roleKind: kinds[type],
        operatingSystem: systems[type],
      });
    }
  }

  private addSelfManagedNodes() {
    const { resources, clusters } = this;
    for (const profile of resources.ofTypes('AWS::IAM::InstanceProfile')) {
      const { Roles, InstanceProfileName } = profile.properties;
      const ids = (resources.values.texts(Roles, profile.template) ?? []).map(role => this.roles.idOf(role, profile));
      ids.forEach(id => this.inProfiles.add(id));
      this.idsOf(profile, InstanceProfileName).forEach(id => this.profileRoles.set(id, ids));
      this.addNodes(ids, profile, clusters.of(profile, [], InstanceProfileName));
    }
    for (const launchTemplate of resources.ofTypes('AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration')) {
      const { LaunchTemplateData = {}, TagSpecifications = [], LaunchTemplateName, ...launchConfiguration } = launchTemplate.properties;
      const tags = [TagSpecifications, LaunchTemplateData.TagSpecifications ?? []].flat().flatMap(specification => specification.Tags ?? []);
      const roles = this.rolesOfProfile(launchTemplate, LaunchTemplateData.IamInstanceProfile ?? launchConfiguration.IamInstanceProfile);
      const name = LaunchTemplateName ?? launchConfiguration.LaunchConfigurationName;
      const cluster = clusters.of(launchTemplate, tags, name);
      this.idsOf(launchTemplate, name).forEach(id => this.launchTemplates.set(id, { roles, cluster }));
      this.addNodes(roles, launchTemplate, cluster);
    }
    for (const launcher of resources.ofTypes('AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::Instance')) {
      const { MixedInstancesPolicy, LaunchConfigurationName, IamInstanceProfile, Tags = [], AutoScalingGroupName } = launcher.properties;
      const specification = launcher.properties.LaunchTemplate ?? MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
      const { LaunchTemplateId, LaunchTemplateName } = specification ?? {};
      const [, id] = this.idsOf(launcher, LaunchTemplateId ?? LaunchTemplateName ?? LaunchConfigurationName);
      const template = this.launchTemplates.get(id);
      const roles = [...this.rolesOfProfile(launcher, IamInstanceProfile), ...template?.roles ?? []];
      this.addNodes(roles, launcher, clusters.of(launcher, Tags, AutoScalingGroupName) ?? template?.cluster);
      roles.forEach(role => this.addLauncher(role, launcher));
    }
  }

  private addVpcCniRoles() {
    for (const addon of this.resources.ofTypes('AWS::EKS::Addon')) {
      const { AddonName, ServiceAccountRoleArn, PodIdentityAssociations = [] } = addon.properties;
      if (this.text(addon, AddonName) !== ADD_ONS.vpcCni) { continue; }
      const roles = [ServiceAccountRoleArn, ...[PodIdentityAssociations].flat().map((association: any) => association.RoleArn)];
      roles.forEach(role => this.addVpcCniRole(this.text(addon, role), addon));
    }
    for (const association of this.resources.ofTypes('AWS::EKS::PodIdentityAssociation')) {
      const { ServiceAccount, RoleArn } = association.properties;
      if (this.text(association, ServiceAccount) === CNI_SERVICE_ACCOUNT.name) { this.addVpcCniRole(this.text(association, RoleArn), association); }
    }
  }

  private add(role: string | undefined, kind: UseKind, located: Located, cluster: Cluster | undefined, more: Partial<TemplateUse> = {}) {
    if (role === undefined) { return; }
    const id = this.roles.idOf(role, located);
    const use = { kind, by: located.ref, located, cluster, operatingSystem: undefined, automatic: false, ...more };
    this.byRole.set(id, [...this.byRole.get(id) ?? [], use]);
  }

  private addNodes(roles: string[], located: Located, cluster: Cluster | undefined) {
    if (cluster) { roles.forEach(role => this.add(role, 'self-managed nodes', located, cluster, { roleKind: 'EC2 nodes' })); }
  }

  private addLauncher(role: string | undefined, located: Located) {
    if (role === undefined) { return; }
    const id = this.roles.idOf(role, located);
    this.launchers.set(id, [...this.launchers.get(id) ?? [], located]);
  }

  private addVpcCniRole(role: string | undefined, located: Located) {
    if (role !== undefined) { this.ofVpcCni.set(this.roles.idOf(role, located), located); }
  }

  /** What names a resource: its reference and its name, which means the same within one environment. */
  private idsOf(located: Located, name: unknown): string[] {
    const text = this.text(located, name) ?? '';
    return [located.ref, isKnown(text) ? `${located.template.environment} ${text}` : text];
  }

  /** The roles of an instance profile that a resource names, by name or ARN. */
  private rolesOfProfile(located: Located, profile: any): string[] {
    const named = profile?.Name ?? profile?.Arn ?? profile;
    const text = this.text(located, named)?.replace(/\.Arn⟩$/, '⟩').replace(/^.*:instance-profile\/(.*\/)?/, '');
    const [, id] = this.idsOf(located, text);
    return this.profileRoles.get(id) ?? [];
  }

  private cluster(located: Located, name: unknown): Cluster | undefined {
    const text = this.text(located, name);
    return text === undefined ? undefined : this.clusters.named(text, located);
  }

  private text(located: Located, value: unknown): string | undefined {
    return this.resources.text(located, value);
  }
}
