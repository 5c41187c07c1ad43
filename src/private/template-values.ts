import { partitionOf } from './partitions';

/** A synthesized template and where it stands in the app. */
export interface TemplateSource {
  /** Unlike those of all other templates of the app. */
  readonly key: string;
  readonly body: { readonly Resources?: Record<string, Resource>; readonly Outputs?: Record<string, any> };
  /** Undefined where the stack can be deployed to any. */
  readonly region?: string;
  readonly account?: string;
  /** Stage, account and region, as far as known: a name means the same within one. */
  readonly environment: string;
  /** The template of the stack that this one is nested in, and its resource there. */
  readonly parent?: { readonly key: string; readonly logicalId: string };
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, any>;
  readonly DependsOn?: string | string[];
}

// What only the deployment knows stands in a text between these: two texts are equal if they mean the same.
const [OPEN, CLOSE] = ['⟨', '⟩'];

/** Whether all of a text is known at synthesis. */
export function isKnown(text: unknown): text is string {
  return typeof text === 'string' && !text.includes(OPEN);
}

/** A text as people read it, with a name for each reference to a resource that has one. */
export function readable(text: string, nameOf: (ref: string) => string | undefined): string {
  return text.replace(/⟨([^⟩:]*):([^⟩.]*)(\.[^⟩]*)?⟩/g, (_, key: string, logicalId: string, attribute: string = '') =>
    nameOf(reference(key, logicalId)) ?? `\${${logicalId}${attribute}}`);
}

/** The text of what `{ Ref }` or `{ Fn::GetAtt }` gives. */
export function reference(key: string, logicalId: string, attribute?: string): string {
  return `${OPEN}${key}:${logicalId}${attribute === undefined ? '' : `.${attribute}`}${CLOSE}`;
}

/** Turns what stands in the templates of an app into texts, across stacks and nested stacks. */
export class TemplateValues {
  private readonly exports = new Map<string, () => string | undefined>();
  private readonly nested = new Map<string, TemplateSource>();
  private readonly byKey: Map<string, TemplateSource>;
  private readonly unknowns = new Map<string, string>();

  constructor(templates: TemplateSource[]) {
    this.byKey = new Map(templates.map(template => [template.key, template]));
    for (const template of templates) {
      if (template.parent) { this.nested.set(reference(template.parent.key, template.parent.logicalId), template); }
      for (const output of Object.values(template.body.Outputs ?? {})) {
        const name = output.Export && this.text(output.Export.Name, template);
        if (isKnown(name)) { this.exports.set(`${template.environment} ${name}`, () => this.text(output.Value, template)); }
      }
    }
  }

  /** The text of a value; undefined for none. */
  public text(value: unknown, template: TemplateSource): string | undefined {
    if (value === undefined || value === null) { return undefined; }
    if (typeof value !== 'object') { return String(value); }
    const [[name, argument], ...others] = Object.entries(value as Record<string, any>).concat([['', undefined]]);
    if (others.length === 1) {
      switch (name) {
        case 'Ref': return this.ref(argument, template);
        case 'Fn::GetAtt': return this.attribute(argument, template);
        case 'Fn::ImportValue': return this.imported(argument, template);
        case 'Fn::Join': return this.join(argument, template) ?? this.unknown(value, template);
        case 'Fn::Sub': return this.sub(argument, template);
        case 'Fn::Select': return this.select(argument, template) ?? this.unknown(value, template);
      }
    }
    return this.unknown(value, template);
  }

  /** The texts of a list; undefined if it is not one. */
  public texts(value: unknown, template: TemplateSource): string[] | undefined {
    return Array.isArray(value) ? value.flatMap(item => this.text(item, template) ?? []) : undefined;
  }

  /** A structure whose every value is a text, be it written as an object or as a JSON string; undefined if it can't be read. */
  public structure(value: unknown, template: TemplateSource): any {
    if (Array.isArray(value)) { return value.map(item => this.structure(item, template)); }
    if (typeof value !== 'object' || value === null) { return value; }
    const keys = Object.keys(value);
    if (keys.length === 1 && /^(Ref|Fn::\w+)$/.test(keys[0])) {
      return this.fromCfnJson(value, template) ?? this.text(value, template);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.structure(item, template)]));
  }

  /** A document, written as an object or as a JSON string. */
  public document(value: unknown, template: TemplateSource): any {
    const document = this.structure(value, template);
    return typeof document === 'string' ? parse(document) : document;
  }

  private ref(name: string, template: TemplateSource): string | undefined {
    const { region, account } = template;
    const partition = region === undefined ? undefined : partitionOf(region);
    switch (name) {
      case 'AWS::NoValue': return undefined;
      case 'AWS::Region': if (region !== undefined) { return region; } break;
      case 'AWS::AccountId': if (account !== undefined) { return account; } break;
      case 'AWS::Partition': if (partition !== undefined) { return partition; } break;
      case 'AWS::URLSuffix': {
        const suffix = partition === undefined ? undefined : { 'aws': 'amazonaws.com', 'aws-us-gov': 'amazonaws.com', 'aws-cn': 'amazonaws.com.cn' }[partition];
        if (suffix !== undefined) { return suffix; }
        break;
      }
    }
    if (name.startsWith('AWS::')) { return reference('', name); }
    if (template.body.Resources?.[name] === undefined && template.parent) {
      const parent = this.byKey.get(template.parent.key);
      const argument = parent?.body.Resources?.[template.parent.logicalId]?.Properties?.Parameters?.[name];
      if (parent && argument !== undefined) { return this.text(argument, parent); }
    }
    return reference(template.key, name);
  }

  private attribute(argument: string | string[], template: TemplateSource): string | undefined {
    const [logicalId, ...rest] = Array.isArray(argument) ? argument : argument.split('.');
    const attribute = rest.map(part => this.text(part, template)).join('.');
    const nested = this.nested.get(reference(template.key, logicalId));
    if (nested && attribute.startsWith('Outputs.')) {
      return this.text(nested.body.Outputs?.[attribute.slice('Outputs.'.length)]?.Value, nested);
    }
    return reference(template.key, logicalId, attribute);
  }

  private imported(argument: unknown, template: TemplateSource): string | undefined {
    const name = String(this.text(argument, template));
    return this.exports.get(`${template.environment} ${name}`)?.() ?? `${OPEN}:import ${name}${CLOSE}`;
  }

  private join([separator, list]: [string, unknown], template: TemplateSource): string | undefined {
    return this.texts(list, template)?.join(separator);
  }

  private sub(argument: string | [string, Record<string, unknown>], template: TemplateSource): string {
    const [pattern, variables]: [string, Record<string, unknown>] = Array.isArray(argument) ? argument : [argument, {}];
    return pattern.replace(/\$\{(!?)([^}]+)\}/g, (_, literal, name: string) => {
      if (literal) { return `\${${name}}`; }
      if (name in variables) { return String(this.text(variables[name], template)); }
      return String(name.includes('.') ? this.attribute(name, template) : this.ref(name, template));
    });
  }

  private select([index, list]: [unknown, any], template: TemplateSource): string | undefined {
    const split = list?.['Fn::Split'];
    if (!split) { return this.texts(list, template)?.[Number(index)]; }
    const text = this.text(split[1], template);
    // What only the deployment knows may be split too.
    return isKnown(text) ? text.split(split[0])[Number(index)] : undefined;
  }

  private fromCfnJson(value: any, template: TemplateSource): unknown {
    const [logicalId, attribute] = [value['Fn::GetAtt'] ?? []].flat();
    const resource = template.body.Resources?.[logicalId];
    return resource?.Type === 'Custom::AWSCDKCfnJson' && attribute === 'Value' ? parse(this.text(resource.Properties?.Value, template)) : undefined;
  }

  /** The same text for the same value of the same template, without characters that JSON would escape. */
  private unknown(value: unknown, template: TemplateSource): string {
    const json = `${template.key}:${JSON.stringify(value)}`;
    if (!this.unknowns.has(json)) { this.unknowns.set(json, `${OPEN}:value ${this.unknowns.size + 1}${CLOSE}`); }
    return this.unknowns.get(json)!;
  }
}

function parse(json: unknown): any {
  try { return JSON.parse(String(json)); } catch { return undefined; }
}
