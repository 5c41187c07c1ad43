import { reference, Resource, TemplateSource, TemplateValues } from './template-values';

/** A resource of the app. */
export interface Located {
  readonly template: TemplateSource;
  readonly logicalId: string;
  readonly properties: Record<string, any>;
  /** What `Ref` gives; in texts for people it stands for the resource. */
  readonly ref: string;
}

/** Whether resources of a type say something of node roles. */
export function isRelevant(type: string): boolean {
  return /^(AWS::(IAM|EKS|AutoScaling)::|AWS::EC2::(LaunchTemplate|Instance)$|Custom::AWSCDK-EKS-)/.test(type);
}

/** The resources of all templates of an app. */
export class TemplateResources {
  public readonly values: TemplateValues;
  private readonly byType = new Map<string, Located[]>();
  private readonly byKey: Map<string, TemplateSource>;
  private readonly references = new Map<Resource, Set<string>>();

  /**
   * @param stackDependsOn whether the stack of one template is deployed after that of another, by their keys
   */
  constructor(templates: TemplateSource[], private readonly stackDependsOn: (from: string, to: string) => boolean) {
    this.values = new TemplateValues(templates);
    this.byKey = new Map(templates.map(template => [template.key, template]));
    for (const template of templates) {
      for (const [logicalId, resource] of Object.entries(template.body.Resources ?? {})) {
        if (!isRelevant(resource.Type)) { continue; }
        const located = {
          template,
          logicalId,
          properties: resource.Properties ?? {},
          ref: reference(template.key, logicalId),
        };
        const others = this.byType.get(resource.Type);
        if (others) { others.push(located); } else { this.byType.set(resource.Type, [located]); }
      }
    }
  }

  public ofTypes(...types: string[]): Located[] {
    return types.flatMap(type => this.byType.get(type) ?? []);
  }

  /** The text of a property of a resource. */
  public text(located: Located, value: unknown): string | undefined {
    return this.values.text(value, located.template);
  }

  /** Whether CloudFormation makes one resource after another. */
  public dependsOn(from: Located, to: Located): boolean {
    const [later, earlier] = [this.withParents(from), this.withParents(to)];
    for (const [key, logicalId] of later) {
      const target = earlier.find(([candidate]) => candidate === key);
      if (target) { return this.reaches(this.byKey.get(key)!, logicalId, target[1]); }
    }
    return this.stackDependsOn(later[later.length - 1][0], earlier[earlier.length - 1][0]);
  }

  /** A resource, then the nested stack that it stands in, and so on to the template of a stack that is not nested. */
  private withParents({ template, logicalId }: Located): [string, string][] {
    const chain: [string, string][] = [[template.key, logicalId]];
    for (let parent = template.parent; parent; parent = this.byKey.get(parent.key)?.parent) { chain.push([parent.key, parent.logicalId]); }
    return chain;
  }

  private reaches(template: TemplateSource, from: string, to: string): boolean {
    const reached = new Set([from]);
    for (const logicalId of reached) {
      if (logicalId === to) { return true; }
      const resource = template.body.Resources?.[logicalId];
      if (resource) { this.referencesOf(resource).forEach(target => reached.add(target)); }
    }
    return false;
  }

  private referencesOf(resource: Resource): Set<string> {
    let targets = this.references.get(resource);
    if (!targets) {
      targets = new Set([resource.DependsOn ?? []].flat());
      collectReferences(resource.Properties, targets);
      this.references.set(resource, targets);
    }
    return targets;
  }
}

function collectReferences(value: any, targets: Set<string>): void {
  if (typeof value !== 'object' || value === null) { return; }
  for (const [key, item] of Object.entries<any>(value)) {
    if (key === 'Ref') {
      targets.add(item);
    } else if (key === 'Fn::GetAtt') {
      targets.add(Array.isArray(item) ? item[0] : item.split('.')[0]);
    } else {
      if (key === 'Fn::Sub') { for (const [, target] of String([item].flat()[0]).matchAll(/\$\{([^!.}]+)/g)) { targets.add(target); } }
      collectReferences(item, targets);
    }
  }
}
