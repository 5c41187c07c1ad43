import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** An acknowledgement of a finding: where, and why. */
interface Acknowledgement {
  readonly at: IConstruct;
  readonly reason: string;
}

/**
 * The acknowledgements of an app, read here so that they mean the same in every release of the CDK: they hold for the scope that they
 * were given on and everything below it, and only with a reason.
 */
export class Acknowledgements {
  private readonly byId = new Map<string, Acknowledgement[]>();

  /**
   * @param plugin the name of the plugin, which qualifies the ids of its rules
   */
  constructor(private readonly plugin: string) {}

  /** Takes note of what was acknowledged on a construct. */
  public read(construct: IConstruct): void {
    for (const { type, data } of construct.node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY) { continue; }
      for (const [id, reason] of Object.entries<string>(data)) {
        this.byId.set(id, [...this.byId.get(id) ?? [], { at: construct, reason }]);
      }
    }
  }

  /** Whether a finding on a construct is acknowledged. */
  public cover(ruleId: string, construct: IConstruct): boolean {
    return this.of(ruleId, construct).some(({ at, reason }) => reason.trim() !== '' && isWithin(construct, at));
  }

  /** The construct where a finding is acknowledged without a reason. */
  public withoutReason(ruleId: string, construct: IConstruct): IConstruct | undefined {
    return this.of(ruleId, construct).find(({ at, reason }) => reason.trim() === '' && isWithin(construct, at))?.at;
  }

  /**
   * The name under which to report a finding. The CDK itself drops findings whose id was acknowledged, up to 2.270 wherever that was
   * and in all releases without asking for a reason; one that is not covered gets a name of its own.
   */
  public reportedName(ruleId: string, construct: IConstruct): string {
    return this.byId.has(this.qualified(ruleId)) ? ownName(ruleId, construct) : ruleId;
  }

  private of(ruleId: string, construct: IConstruct): Acknowledgement[] {
    const ids = [
      this.qualified(ruleId),
      // As the CDK says it to those who read such a name in a report.
      this.qualified(ownName(ruleId, construct)),
      // An id that no plugin qualifies is recorded as one of annotations, whose prefix changed in 2.262.1.
      `annotation::${ruleId}`,
      `Annotation::${ruleId}`,
    ];
    return ids.flatMap(id => this.byId.get(id) ?? []);
  }

  private qualified(name: string): string {
    return `${this.plugin}::${name}`;
  }
}

function ownName(ruleId: string, construct: IConstruct): string {
  return `${ruleId}[${construct.node.path}]`;
}

function isWithin(construct: IConstruct, ancestor: IConstruct): boolean {
  return construct.node.scopes.includes(ancestor);
}
