/** Choices with everything that may be said of them. */
import { Stack } from 'aws-cdk-lib';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import { Deployment } from './deployment';
import * as inputs from './inputs';
import { Input, makeAll, maybe } from './inputs';
import {
  ContainerRegistryPolicy, HybridNodeCredentials, VpcCniIdentity, VpcCniIpFamily, VpcCniOnSeparateRoleOptions, VpcCniPermissions, VpcCniRole,
  WorkerNodePolicy,
} from 'cdk-eks-node-role';

const REPOSITORIES = [...'ab'].map(name => new Input<ecr.IRepositoryRef>(name, stack =>
  ({ repositoryRef: { repositoryName: name, repositoryArn: `arn:${stack.partition}:ecr:here:444455556666:repository/${name}` } }) as ecr.IRepositoryRef));

const repositories = fc.subarray(REPOSITORIES).map(list => new Input(`[${list.map(item => item[fc.toStringMethod]())}]`, stack => list.map(item => item.make(stack))));

/** A choice by the name of its factory, with options. */
function choice<O, T>(name: string, all: Parameters<typeof inputs.options<O>>[0], make: (options: O) => T): fc.Arbitrary<Input<T>> {
  return inputs.options(all).map(given => new Input(`${name}(${given[fc.toStringMethod]()})`, stack => make(given.make(stack))));
}

export const workerNodePolicy: fc.Arbitrary<Input<WorkerNodePolicy>> = fc.oneof(
  choice('awsManaged', {}, () => WorkerNodePolicy.awsManaged()),
  choice('awsManagedMinimal', {}, () => WorkerNodePolicy.awsManagedMinimal()),
  choice('leastPrivilege', { podIdentityAgent: inputs.flag, instanceIdNodeName: inputs.flag }, WorkerNodePolicy.leastPrivilege),
  choice('custom', { managedPolicies: inputs.managedPolicies, statements: inputs.statements, podIdentityAgent: inputs.flag }, WorkerNodePolicy.custom),
);

export const containerRegistryPolicy: fc.Arbitrary<Input<ContainerRegistryPolicy>> = fc.oneof(
  choice('readOnly', {}, () => ContainerRegistryPolicy.readOnly()),
  choice('pullOnly', {}, () => ContainerRegistryPolicy.pullOnly()),
  choice('none', {}, () => ContainerRegistryPolicy.none()),
  choice('leastPrivilege', { repositories, pullThroughCache: inputs.flag }, ContainerRegistryPolicy.leastPrivilege),
  choice('custom', { managedPolicies: inputs.managedPolicies, statements: inputs.statements }, ContainerRegistryPolicy.custom),
);

export const ipFamily = fc.constantFrom(...Object.values(VpcCniIpFamily)).map(family => new Input(family, () => family));

/** What a role's trust policy has to be, given what is deployed. */
export type Trust = (deployment: Deployment) => object[];

/** A way by which something assumes a role, and the trust policy that AWS asks for it. */
export interface TrustChoice<T> {
  readonly choice: T;
  readonly trust: Trust;
}

const CNI = 'system:serviceaccount:kube-system:aws-node';

/** @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html (read 2026-11-23) */
const irsa = fc.record({ oidcProvider: inputs.oidcProvider, issuer: maybe(inputs.issuer) }).map(given => new Input<TrustChoice<VpcCniIdentity>>(`irsa(${fc.stringify(given)})`, stack => {
  const options = makeAll<{ oidcProvider: iam.IOIDCProviderRef; issuer?: string }>(stack, given);
  return {
    choice: VpcCniIdentity.irsa(options),
    trust: deployment => {
      const provider = deployment.valueOf(options.oidcProvider.oidcProviderRef.oidcProviderArn);
      const issuer = deployment.valueOf(options.issuer ?? provider.split(':oidc-provider/')[1]).replace('https://', '');
      return [{
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: provider },
        Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: CNI } },
      }];
    },
  };
}));

/** @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html (read 2026-11-23) */
const podIdentity = fc.record({ cluster: maybe(inputs.cluster), createAssociation: maybe(inputs.flag) }).map(given => new Input<TrustChoice<VpcCniIdentity>>(`podIdentity(${fc.stringify(given)})`, stack => {
  const options = makeAll<any>(stack, given as any);
  return {
    choice: VpcCniIdentity.podIdentity(options),
    trust: deployment => [{
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Condition: {
        StringEquals: {
          'aws:RequestTag/kubernetes-namespace': 'kube-system',
          'aws:RequestTag/kubernetes-service-account': 'aws-node',
          ...options.cluster && { 'aws:RequestTag/eks-cluster-arn': deployment.valueOf(options.cluster.clusterRef.clusterArn) },
        },
      },
    }],
  };
}));

export const identity = fc.oneof(irsa, podIdentity);

/** @see https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html (read 2026-11-24) */
export const hybridCredentials: fc.Arbitrary<Input<TrustChoice<HybridNodeCredentials>>> = fc.oneof(
  fc.constant(new Input<TrustChoice<HybridNodeCredentials>>('systemsManager', stack => ({
    choice: HybridNodeCredentials.systemsManager(),
    trust: deployment => [{
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'ssm.amazonaws.com' },
      Condition: {
        StringEquals: { 'aws:SourceAccount': '444455556666' },
        ArnEquals: { 'aws:SourceArn': deployment.valueOf(`arn:${stack.partition}:ssm:${stack.region}:444455556666:*`) },
      },
    }],
  }))),
  inputs.trustAnchorArn.map(given => new Input<TrustChoice<HybridNodeCredentials>>(`iamRolesAnywhere(${given[fc.toStringMethod]()})`, stack => {
    const trustAnchorArn = given.make(stack);
    const Principal = { Service: 'rolesanywhere.amazonaws.com' };
    return {
      choice: HybridNodeCredentials.iamRolesAnywhere({ trustAnchorArn }),
      trust: deployment => {
        const ArnEquals = { 'aws:SourceArn': deployment.valueOf(trustAnchorArn) };
        return [
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal, Condition: { StringEquals: { 'sts:RoleSessionName': '${aws:PrincipalTag/x509Subject/CN}' }, ArnEquals } },
          { Effect: 'Allow', Action: ['sts:SetSourceIdentity', 'sts:TagSession'], Principal, Condition: { ArnEquals } },
        ];
      },
    };
  })),
);

/** A choice of where the VPC CNI plugin gets its permissions, and the trust of the role of its own, if it makes one. */
export interface VpcCniChoice {
  readonly choice: VpcCniPermissions;
  readonly cniTrust?: Trust;
}

const onSeparateRole = fc.record({
  identity,
  more: inputs.options<Omit<VpcCniOnSeparateRoleOptions, 'identity'>>({
    ipFamily,
    ipv6Policy: inputs.managedPolicy,
    keepOnNodeRole: inputs.flag,
    roleName: inputs.roleName,
    description: inputs.description,
    path: inputs.path,
    permissionsBoundary: inputs.managedPolicy,
  }),
}).map(given => new Input<VpcCniChoice>(`onSeparateRole(${fc.stringify(given)})`, stack => {
  const { choice: chosen, trust } = given.identity.make(stack);
  return { choice: VpcCniPermissions.onSeparateRole({ identity: chosen, ...given.more.make(stack) }), cniTrust: trust };
}));

export const vpcCni: fc.Arbitrary<Input<VpcCniChoice>> = fc.oneof(
  choice('onNodeRole', { ipFamily, ipv6Policy: inputs.managedPolicy }, options => ({ choice: VpcCniPermissions.onNodeRole(options) })),
  choice('grantedElsewhere', {}, () => ({ choice: VpcCniPermissions.grantedElsewhere() })),
  onSeparateRole,
  fc.constant(new Input<VpcCniChoice>('onExistingRole', (stack: Stack) =>
    ({ choice: VpcCniPermissions.onExistingRole(new VpcCniRole(stack, 'Existing', { identity: VpcCniIdentity.podIdentity() })) }))),
);
