import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { placeOf } from './environments';

export interface DeployedResource {
  readonly Type: string;
  readonly Properties: any;
}

/** What a stack's template is once it is deployed: every intrinsic function has a value, such as the service would give. */
export class Deployment {
  /** The resources as the template has them, by logical id. */
  public readonly template: Record<string, any>;
  /** The same, deployed. */
  public readonly resources: Record<string, DeployedResource>;
  public readonly partition: string;
  private readonly parameters: Record<string, { Default: string }>;
  private readonly region: string;

  constructor(private readonly stack: Stack) {
    const { Resources = {}, Parameters = {} } = Template.fromStack(stack).toJSON();
    this.template = Resources;
    this.parameters = Parameters;
    ({ region: this.region, partition: this.partition } = placeOf(stack));
    const deployed = ({ Type, Properties }: any) => ({ Type, Properties: this.value(Properties) });
    this.resources = Object.fromEntries(Object.entries(Resources).map(([id, resource]) => [id, deployed(resource)]));
  }

  /** What a value of a construct is once it is deployed. */
  public valueOf(value: unknown): any {
    return this.value(this.stack.resolve(value));
  }

  /** The resources of a type, deployed. */
  public ofType(type: string): any[] {
    return Object.values(this.resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  }

  private value(value: any): any {
    if (Array.isArray(value)) { return value.map(item => this.value(item)); }
    if (value === null || typeof value !== 'object') { return value; }
    const [[key, argument] = [], ...more] = Object.entries<any>(value);
    if (key === 'Ref' && more.length === 0) { return this.ref(argument); }
    if (key?.startsWith('Fn::')) { return this.call(key, argument); }
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.value(inner)]));
  }

  private call(name: string, argument: any): any {
    switch (name) {
      case 'Fn::Join': return this.value(argument[1]).join(argument[0]);
      case 'Fn::Split': return this.value(argument[1]).split(argument[0]);
      case 'Fn::Select': return this.value(argument[1])[argument[0]];
      case 'Fn::ImportValue': return `imported-${argument}`;
      case 'Fn::GetAtt': return this.arn(argument[0]);
      default: throw new Error(`no value for ${name}`);
    }
  }

  private ref(name: string): string {
    switch (name) {
      case 'AWS::AccountId': return '444455556666';
      case 'AWS::Partition': return this.partition;
      case 'AWS::Region': return this.region;
      case 'AWS::StackName': return 'stack';
    }
    if (name in this.parameters) { return this.parameters[name].Default; }
    return ['AWS::IAM::ManagedPolicy', 'AWS::IAM::OIDCProvider'].includes(this.template[name].Type) ? this.arn(name) : name;
  }

  private arn(id: string): string {
    const resource = {
      'AWS::EKS::AccessEntry': 'eks:here:444455556666:access-entry',
      'AWS::EKS::Cluster': 'eks:here:444455556666:cluster',
      'AWS::IAM::InstanceProfile': 'iam::444455556666:instance-profile',
      'AWS::IAM::ManagedPolicy': 'iam::444455556666:policy',
      'AWS::IAM::OIDCProvider': 'iam::444455556666:oidc-provider/oidc.eks.here.amazonaws.com/id',
      'AWS::IAM::Role': 'iam::444455556666:role',
    }[this.template[id].Type as string];
    return `arn:${this.partition}:${resource}/${id}`;
  }
}
