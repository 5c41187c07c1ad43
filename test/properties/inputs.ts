/** What users may write, valid and not, literally and as tokens of every kind. */
import { Aws, CfnParameter, Duration, Fn, Lazy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import { placeOf } from './environments';

/** A value that is made in a stack, and how a user would write it. */
export class Input<T> {
  constructor(private readonly written: string, public readonly make: (stack: Stack) => T) {}

  public [fc.toStringMethod](): string {
    return this.written;
  }
}

/** Inputs made in a stack, by prop. Those that are not given are left out. */
export function makeAll<T>(stack: Stack, inputs: { [K in keyof T]?: Input<T[K]> }): T {
  const given = Object.entries<Input<unknown> | undefined>(inputs).filter(([, input]) => input);
  return Object.fromEntries(given.map(([prop, input]) => [prop, input!.make(stack)])) as T;
}

const newId = (stack: Stack) => `Given${stack.node.children.length}`;
const parameter = (stack: Stack, value: string) => new CfnParameter(stack, `${newId(stack)}Value`, { default: value }).valueAsString;
const literalPartition = (stack: Stack) => `arn:${placeOf(stack).partition}`;
const show = (value: unknown) => JSON.stringify(value);

/** Left out as often as not, as most props are. */
export function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary });
}

/** Options of which any may be left out. */
export function options<T>(all: { [K in keyof T]-?: fc.Arbitrary<Input<NonNullable<T[K]>>> }): fc.Arbitrary<Input<T>> {
  const props = Object.fromEntries(Object.entries<fc.Arbitrary<Input<unknown>>>(all).map(([prop, input]) => [prop, maybe(input)]));
  return fc.record(props).map(given => new Input(fc.stringify(given), stack => makeAll<T>(stack, given as any)));
}

export const flag = fc.boolean().map(value => new Input(String(value), () => value));

/** A text in every form; a token has a valid value, since only the deployment sees what it is. */
function text(valid: fc.Arbitrary<string>, any: fc.Arbitrary<string> = fc.string({ unit: 'binary', maxLength: 20 })): fc.Arbitrary<Input<string>> {
  return fc.oneof(
    { weight: 4, arbitrary: valid.map(value => new Input(show(value), () => value)) },
    { weight: 2, arbitrary: any.map(value => new Input(show(value), () => value)) },
    { weight: 1, arbitrary: valid.map(value => new Input(`Lazy.string(${show(value)})`, () => Lazy.string({ produce: () => value }))) },
    {
      weight: 1,
      arbitrary: valid.map(value => new Input(`CfnParameter(${show(value)})`, stack => parameter(stack, value))),
    },
    {
      weight: 1,
      arbitrary: valid.map(value => new Input(`embedded(${show(value)})`, () =>
        value.slice(0, 1) + Lazy.string({ produce: () => value.slice(1) }))),
    },
  );
}

const nameOf = (maxLength: number) => fc.string({ unit: fc.constantFrom(...'aZ09_+=,.@-'), minLength: 1, maxLength });

export const roleName = text(nameOf(64), fc.oneof(nameOf(70), fc.string({ maxLength: 70 })));
export const policyName = text(nameOf(128), fc.oneof(nameOf(140), fc.string({ maxLength: 140 })));
export const path = text(
  fc.array(fc.string({ unit: fc.constantFrom(...'aZ09.,+@=_-'), minLength: 1, maxLength: 9 }), { maxLength: 4 }).map(parts => ['', ...parts, ''].join('/').replace(/^\/\/$/, '/')),
  fc.oneof(fc.string({ maxLength: 9 }).map(inner => `/${inner}/`), fc.string({ maxLength: 530 })),
);
export const description = text(
  fc.string({ unit: fc.constantFrom(...'node role\t\n~¡ÿ'), maxLength: 1000 }).filter(value => value.length > 0),
  fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 990, maxLength: 1010, size: 'max' })),
);

export const duration = fc.oneof(
  fc.integer({ min: 3600, max: 43200 }).map(seconds => new Input(`${seconds} s`, () => Duration.seconds(seconds))),
  fc.integer({ min: 0, max: 50_000_000 }).map(millis => new Input(`${millis} ms`, () => Duration.millis(millis))),
  fc.integer({ min: 3600, max: 43200 }).map(seconds => new Input(`Lazy.number(${seconds}) s`, () => Duration.seconds(Lazy.number({ produce: () => seconds })))),
);

const awsPolicyName = fc.constantFrom('AmazonEKSWorkerNodePolicy', 'AmazonEKSWorkerNodeMinimalPolicy', 'AmazonEC2ContainerRegistryReadOnly',
  'AmazonEC2ContainerRegistryPullOnly', 'AmazonEKS_CNI_Policy', 'AmazonSSMManagedInstanceCore', 'CloudWatchAgentServerPolicy', 'job-function/ViewOnlyAccess');

/** A managed policy of AWS or of the user, however its ARN is written. */
export const managedPolicy: fc.Arbitrary<Input<iam.IManagedPolicy>> = fc.oneof(
  awsPolicyName.map(name => new Input(`fromAwsManagedPolicyName(${name})`, () => iam.ManagedPolicy.fromAwsManagedPolicyName(name))),
  awsPolicyName.map(name => new Input(`fromManagedPolicyArn(aws:policy/${name})`, stack =>
    iam.ManagedPolicy.fromManagedPolicyArn(stack, newId(stack), `arn:${stack.partition}:iam::aws:policy/${name}`))),
  fc.integer({ min: 0, max: 40 }).map(i => new Input(`fromManagedPolicyName(Mine${i})`, stack => iam.ManagedPolicy.fromManagedPolicyName(stack, newId(stack), `Mine${i}`))),
  fc.constant(new Input<iam.IManagedPolicy>('ManagedPolicy', stack =>
    new iam.ManagedPolicy(stack, newId(stack), { statements: [new iam.PolicyStatement({ actions: ['ec2:DescribeTags'], resources: ['*'] })] }))),
  fc.nat(9).map(i => new Input(`fromManagedPolicyArn(CfnParameter ${i})`, stack => {
    const id = newId(stack);
    return iam.ManagedPolicy.fromManagedPolicyArn(stack, id, parameter(stack, `${literalPartition(stack)}:iam::444455556666:policy/${id}`));
  })),
);

/** Different policies of AWS. */
export const awsPolicies = fc.uniqueArray(awsPolicyName, { maxLength: 4 }).map(names =>
  new Input(show(names), () => names.map(name => iam.ManagedPolicy.fromAwsManagedPolicyName(name))));

/** A few policies, at times more than a role takes. */
export const managedPolicies: fc.Arbitrary<Input<iam.IManagedPolicy[]>> = fc.oneof(
  { weight: 9, arbitrary: fc.array(managedPolicy, { maxLength: 5 }) },
  { weight: 1, arbitrary: fc.array(managedPolicy, { minLength: 20, maxLength: 30, size: 'max' }) },
).map(list => new Input(show(list.map(item => item[fc.toStringMethod]())), stack => list.map(item => item.make(stack))));

/** Statements that the CDK accepts; what it refuses is its own matter. */
export const statement: fc.Arbitrary<Input<iam.PolicyStatement>> = fc.oneof(
  fc.subarray(['s3:GetObject', 'ec2:DescribeTags', 'logs:PutLogEvents'], { minLength: 1 }).map(actions =>
    new Input(`allow(${actions})`, () => new iam.PolicyStatement({ actions, resources: ['*'] }))),
  fc.constant(new Input('deny()', () => new iam.PolicyStatement({ effect: iam.Effect.DENY, notActions: ['s3:GetObject'], resources: ['*'] }))),
  fc.constant(new Input('on a token', stack => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:${stack.partition}:s3:::${Aws.STACK_NAME}/*`] }))),
  fc.constant(new Input('on another role', stack =>
    new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: [new iam.Role(stack, newId(stack), { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }).roleArn] }))),
);
const bigStatement = fc.integer({ min: 5500, max: 6200 }).map(length =>
  new Input(`${length} characters`, stack => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:${stack.partition}:s3:::${'b'.repeat(length)}`] })));

export const statements: fc.Arbitrary<Input<iam.PolicyStatement[]>> = fc.oneof(
  { weight: 9, arbitrary: fc.array(statement, { maxLength: 4 }) },
  { weight: 1, arbitrary: bigStatement.map(item => [item]) },
).map(list => new Input(show(list.map(item => item[fc.toStringMethod]())), stack => list.map(item => item.make(stack))));

/** A cluster of the stack, of another stack, or imported by a name that is known or a token. */
export const cluster: fc.Arbitrary<Input<eks.IClusterRef>> = fc.constantFrom(
  new Input<eks.IClusterRef>('CfnCluster', stack => cfnCluster(stack)),
  new Input<eks.IClusterRef>('CfnCluster of another stack', stack => {
    const id = newId(stack);
    new CfnParameter(stack, id);
    return cfnCluster(new Stack(stack.node.root as any, id, { env: { account: stack.account, region: stack.region } }));
  }),
  new Input<eks.IClusterRef>('imported', stack => imported(stack, 'my-cluster')),
  new Input<eks.IClusterRef>('imported by CfnParameter', stack => imported(stack, parameter(stack, 'its-cluster'))),
);

function cfnCluster(stack: Stack): eks.CfnCluster {
  return new eks.CfnCluster(stack, newId(stack), { roleArn: `arn:${stack.partition}:iam::444455556666:role/cluster`, resourcesVpcConfig: { subnetIds: ['subnet-1'] } });
}

function imported(stack: Stack, clusterName: string): eks.IClusterRef {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, newId(stack), { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });
  return eks.Cluster.fromClusterAttributes(stack, newId(stack), { clusterName, vpc });
}

const ISSUER = 'oidc.eks.here.amazonaws.com/id/EXAMPLE';

export const oidcProvider: fc.Arbitrary<Input<iam.IOIDCProviderRef>> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(new Input<iam.IOIDCProviderRef>('CfnOIDCProvider', stack => new iam.CfnOIDCProvider(stack, newId(stack)))) },
  { weight: 2, arbitrary: fc.constant(providerOf(`imported ${ISSUER}`, stack => `arn:${stack.partition}:iam::444455556666:oidc-provider/${ISSUER}`)) },
  { weight: 1, arbitrary: fc.constant(providerOf('CfnParameter', stack => parameter(stack, `${literalPartition(stack)}:iam::444455556666:oidc-provider/${ISSUER}`))) },
  { weight: 1, arbitrary: fc.constant(providerOf('Fn::ImportValue', () => Fn.importValue(`x:oidc-provider/${ISSUER}`))) },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }).map(tail => providerOf(`arn:…:oidc-provider/${tail}`, stack => `${literalPartition(stack)}:iam::444455556666:oidc-provider/${tail}`)) },
);

function providerOf(written: string, arn: (stack: Stack) => string): Input<iam.IOIDCProviderRef> {
  return new Input<iam.IOIDCProviderRef>(written, stack => {
    const provider = new iam.CfnOIDCProvider(new Stack(), 'Elsewhere');
    Object.defineProperty(provider, 'oidcProviderRef', { value: { oidcProviderArn: arn(stack) } });
    return provider;
  });
}

export const issuer = fc.oneof(
  text(fc.constantFrom(ISSUER, `https://${ISSUER}`)),
  fc.constantFrom('', 'https://', 'oidc.eks.here.amazonaws.com/id/OTHER', `${ISSUER}:aud`).map(value => new Input(show(value), () => value)),
);

export const trustAnchorArn = fc.oneof(
  fc.constant(new Input('an ARN', stack => `arn:${stack.partition}:rolesanywhere:here:444455556666:trust-anchor/1`)),
  fc.constant(new Input('CfnParameter', stack => parameter(stack, `${literalPartition(stack)}:rolesanywhere:here:444455556666:trust-anchor/1`))),
  fc.string({ maxLength: 9 }).map(value => new Input(show(value), () => value)),
);
