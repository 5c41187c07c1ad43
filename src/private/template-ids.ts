import { Located, TemplateResources } from './template-resources';
import { isKnown } from './template-values';

/** Tells resources of one type apart, whichever way an app names them: by reference, by name, by ARN. */
export class TemplateIds {
  public readonly made = new Map<string, Located>();
  /** What names those that the app does not make. */
  public readonly imported = new Map<string, string>();
  private readonly byName = new Map<string, string>();

  /**
   * @param nameProperty the property that holds the name
   * @param arnPrefix what stands before path and name in an ARN, a regular expression
   */
  constructor(resources: TemplateResources, type: string, nameProperty: string, private readonly arnPrefix: string) {
    for (const located of resources.ofTypes(type)) {
      this.made.set(located.ref, located);
      const name = resources.text(located, located.properties[nameProperty]);
      if (isKnown(name)) { this.byName.set(`${located.template.environment} ${name}`, located.ref); }
    }
  }

  /** The id of what a text in a template names. */
  public idOf(text: string, { template }: Located): string {
    const name = text.replace(/\.(Arn|PolicyArn)⟩$/, '⟩').replace(new RegExp(`^.*:${this.arnPrefix}/(.*/)?`), '');
    if (this.made.has(name)) { return name; }
    const id = isKnown(name) ? `${template.environment} ${name}` : text;
    if (this.byName.has(id)) { return this.byName.get(id)!; }
    if (!this.imported.has(id) || text.startsWith('arn:')) { this.imported.set(id, text); }
    return id;
  }
}
