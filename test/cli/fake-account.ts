import { Send } from '../../src/cli/calls';

/** An account in memory: what each operation answers, by the name of the operation; a function may fail. */
export type Answers = Record<string, (input: any) => any>;

export interface FakeRole {
  readonly name: string;
  readonly path?: string;
  readonly trust?: object;
  readonly attached?: string[];
  readonly inline?: Record<string, object>;
}

export const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
export const allow = (...actions: string[]) => ({ Effect: 'Allow', Action: actions, Resource: '*' });
export const trust = (service: string) => document({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' });
export const arnOf = (name: string, path: string = '/') => `arn:aws:iam::111122223333:role${path}${name}`;

const AWS_POLICIES: Record<string, object> = {
  AmazonEKSWorkerNodePolicy: document(allow('ec2:DescribeInstances', 'eks-auth:AssumeRoleForPodIdentity')),
  AmazonEC2ContainerRegistryReadOnly: document(allow('ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer')),
  AmazonEKS_CNI_Policy: document(allow('ec2:AssignPrivateIpAddresses', 'ec2:AttachNetworkInterface', 'ec2:CreateNetworkInterface')),
};

/** An error as the SDK throws it. */
export function failure(name: string, message: string = ''): Error {
  return Object.assign(new Error(message), { name });
}

export const CNI_ROLE: FakeRole = {
  name: 'AmazonEKSVPCCNIRole',
  trust: document({
    Effect: 'Allow',
    Principal: { Federated: 'provider' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringLike: { 'issuer:sub': 'system:serviceaccount:kube-system:*' } },
  }),
  attached: ['AmazonEKS_CNI_Policy'],
};

export const GUIDE_ROLE: FakeRole = { name: 'AmazonEKSNodeRole', attached: ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryReadOnly'] };

/** Sends requests to an account with roles; `more` answers what is not of IAM, or otherwise. Notes in `sent` what was called. */
export function fakeAccount(roles: FakeRole[], more: Answers = {}, sent: Set<string> = new Set()): Send {
  const named = (name: string) => roles.find(role => role.name === name)!;
  const encoded = (json: object) => encodeURIComponent(JSON.stringify(json));
  const answers: Answers = {
    ListRoles: ({ Marker = '0' }) => {
      const index = Number(Marker);
      const { name, path = '/', trust: trusted = trust('ec2.amazonaws.com') } = roles[index] ?? {};
      const Roles = name === undefined ? [] : [{ RoleName: name, Path: path, Arn: arnOf(name, path), AssumeRolePolicyDocument: encoded(trusted) }];
      return { Roles, IsTruncated: index + 1 < roles.length, Marker: String(index + 1) };
    },
    ListAttachedRolePolicies: ({ RoleName }) => ({
      AttachedPolicies: (named(RoleName).attached ?? []).map(policy => ({ PolicyArn: policy.includes(':') ? policy : `arn:aws:iam::aws:policy/${policy}` })),
    }),
    ListRolePolicies: ({ RoleName }) => ({ PolicyNames: Object.keys(named(RoleName).inline ?? {}) }),
    GetRolePolicy: ({ RoleName, PolicyName }) => ({ PolicyDocument: encoded(named(RoleName).inline![PolicyName]) }),
    GetPolicy: () => ({ Policy: { DefaultVersionId: 'v3' } }),
    GetPolicyVersion: ({ PolicyArn }) => ({ PolicyVersion: { Document: encoded(AWS_POLICIES[PolicyArn.split('/').pop()!] ?? document(allow('s3:GetObject'))) } }),
    ListClusters: () => ({ clusters: [] }),
    ...more,
  };
  return async (service, operation, input) => {
    sent.add(`${service}:${operation}`);
    await new Promise(resolve => setImmediate(resolve));
    return answers[operation](input);
  };
}
