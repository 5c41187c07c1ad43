import { readFileSync } from 'fs';
import { join, resolve } from 'path';
import { CfnElement, CfnResource, Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isRelevant } from './template-resources';
import { readable, reference, TemplateSource } from './template-values';

/** A place in a template, and the construct that it comes from. */
export interface Place {
  readonly construct: IConstruct;
  readonly templatePath: string;
  readonly logicalId: string;
}

interface StackTemplate extends TemplateSource {
  readonly stack: Stack;
  readonly path: string;
}

/** The synthesized templates of an app, nested stacks and stages included, and the way back from them to constructs. */
export class AppTemplates {
  public readonly sources: StackTemplate[];
  private readonly keys: Map<Stack, string>;
  private readonly places = new Map<Stack, Map<string, Place>>();

  /**
   * @param stacks all stacks of the app
   * @param templatePaths the templates to read; those of nested stacks come with the stack that they are nested in
   */
  constructor(stacks: Stack[], templatePaths: string[]) {
    const wanted = new Set(templatePaths.map(path => resolve(path)));
    const read = stacks.filter(stack => wanted.has(templatePath(outermost(stack))));
    this.keys = new Map(read.map((stack, index) => [stack, `${index}`]));
    this.sources = read.map(stack => ({
      stack,
      key: this.keys.get(stack)!,
      path: templatePath(stack),
      body: JSON.parse(readFileSync(templatePath(stack), 'utf8')),
      region: known(stack.region),
      account: known(stack.account),
      environment: [Stage.of(stack)?.node.path, known(stack.account), known(stack.region)].join(' '),
      parent: stack.nestedStackParent && {
        key: this.keys.get(stack.nestedStackParent)!,
        logicalId: logicalIdOf(stack.nestedStackResource as CfnElement),
      },
    }));
  }

  /** What `Ref` to an element gives, as the texts of templates have it; undefined if its template is not read. */
  public referenceTo(element: CfnElement): string | undefined {
    const key = this.keys.get(element.stack);
    return key === undefined ? undefined : reference(key, logicalIdOf(element));
  }

  /** Whether one stack is deployed after another, by the keys of their templates. */
  public dependsOn(from: string, to: string): boolean {
    const [first, target] = [from, to].map(key => this.sources.find(source => source.key === key)?.stack);
    const reached = new Set([first]);
    for (const stack of reached) { stack?.dependencies.forEach(dependency => reached.add(dependency)); }
    return reached.has(target);
  }

  /** The place that a reference leads to. */
  public placeOf(ref: string): Place | undefined {
    const source = this.sources[Number(/\d+/.exec(ref))];
    return source && this.placesIn(source.stack, source.path).get(ref);
  }

  /** A text as people read it, resources by the paths of their constructs. */
  public readable(text: string): string {
    return readable(text, ref => this.placeOf(ref)?.construct.node.path.replace(/(\/(Resource|Default))+$/, ''));
  }

  private placesIn(stack: Stack, path: string): Map<string, Place> {
    let places = this.places.get(stack);
    if (!places) {
      const elements = stack.node.findAll().filter(CfnResource.isCfnResource)
        .filter(element => element.stack === stack && isRelevant(element.cfnResourceType));
      places = new Map(elements.map(element => [
        this.referenceTo(element)!,
        { construct: element, templatePath: path, logicalId: logicalIdOf(element) },
      ]));
      this.places.set(stack, places);
    }
    return places;
  }
}

function templatePath(stack: Stack): string {
  return resolve(join(Stage.of(stack)!.outdir, stack.templateFile));
}

function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

function logicalIdOf(element: CfnElement): string {
  return element.stack.resolve(element.logicalId);
}

function known(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
