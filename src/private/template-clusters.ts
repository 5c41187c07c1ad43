import { ADD_ONS, AUTHENTICATION_MODES, CLUSTER_TAG } from './audited-permissions';
import { Cluster } from './node-role-model';
import { Located, TemplateResources } from './template-resources';
import { isKnown } from './template-values';

/** A cluster of the app, whichever construct library made it. */
export interface TemplateCluster extends Cluster {
  readonly located: Located;
  readonly roleArn: string | undefined;
  readonly nodeRoleArn: string | undefined;
}

/** The clusters that an app makes or names. */
export class TemplateClusters {
  public readonly made: TemplateCluster[];
  private readonly byName = new Map<string, Cluster>();

  constructor(private readonly resources: TemplateResources) {
    const agents = resources.ofTypes('AWS::EKS::Addon').filter(addon => resources.text(addon, addon.properties.AddonName) === ADD_ONS.podIdentityAgent)
      .map(addon => scoped(addon, resources.text(addon, addon.properties.ClusterName)));
    this.made = [
      ...resources.ofTypes('AWS::EKS::Cluster').map(located => this.read(located, located.properties, agents)),
      ...resources.ofTypes('Custom::AWSCDK-EKS-Cluster').map(located => this.read(located, capitalized(located.properties.Config), agents)),
    ];
    // Clusters that only their name tells.
    for (const name of agents) { if (!this.byName.has(name)) { this.byName.set(name, { ...unseen(name), podIdentityAgent: true }); } }
  }

  /** The cluster with a name, which may be a reference. */
  public named(name: string, located: Located): Cluster {
    const id = scoped(located, name);
    const cluster = this.byName.get(id) ?? unseen(name);
    this.byName.set(id, cluster);
    return cluster;
  }

  /** The cluster that resources of self-managed nodes are tagged or named for. */
  public of(located: Located, tags: any[], name: unknown): Cluster | undefined {
    for (const tag of tags) {
      const key = this.resources.text(located, tag?.Key);
      if (key?.startsWith(CLUSTER_TAG)) { return this.named(key.slice(CLUSTER_TAG.length), located); }
    }
    if (name === undefined) { return undefined; }
    const text = scoped(located, this.resources.text(located, name));
    const [, cluster] = [...this.byName].find(([candidate]) => isKnown(candidate)
      ? text === candidate || text.startsWith(`${candidate}-`)
      : text.includes(candidate)) ?? [];
    return cluster;
  }

  private read(located: Located, properties: Record<string, any>, agents: string[]): TemplateCluster {
    const text = (value: unknown) => this.resources.text(located, value);
    const visible = (value: unknown, unlessGiven: string) => {
      const known = text(value) ?? unlessGiven;
      return isKnown(known) ? known : undefined;
    };
    const name = text(properties.Name);
    const access = capitalized(properties.AccessConfig);
    const network = capitalized(properties.KubernetesNetworkConfig);
    const compute = capitalized(properties.ComputeConfig);
    const cluster: TemplateCluster = {
      located,
      name: located.ref,
      authenticationMode: visible(access.AuthenticationMode, AUTHENTICATION_MODES.configMap),
      ipFamily: visible(network.IpFamily, 'ipv4'),
      onOutpost: properties.OutpostConfig !== undefined,
      podIdentityAgent: agents.some(agent => agent === located.ref || agent === scoped(located, name)),
      roleArn: text(properties.RoleArn),
      nodeRoleArn: text(compute.NodeRoleArn),
    };
    this.byName.set(located.ref, cluster);
    if (name !== undefined) { this.byName.set(scoped(located, name), cluster); }
    return cluster;
  }
}

/** A name means the same within one environment, a reference in all of the app. */
function scoped({ template }: Located, name: string = ''): string {
  return isKnown(name) ? `${template.environment} ${name}` : name;
}

function unseen(name: string): Cluster {
  return { name: `cluster ${name}`, authenticationMode: undefined, ipFamily: undefined, onOutpost: false, podIdentityAgent: undefined };
}

/** Properties as AWS::EKS::Cluster has them: the custom resource takes what the API takes. */
function capitalized(config: unknown): Record<string, any> {
  if (typeof config !== 'object' || config === null) { return {}; }
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key[0].toUpperCase() + key.slice(1), value]));
}
