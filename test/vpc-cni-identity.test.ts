import { App, CfnParameter, Fn, Lazy, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { arn, deployed, importedCluster, newStack, onlyRole, resourcesOf, resourceTypes } from './helpers';
import { VpcCniIdentity, VpcCniRole } from 'cdk-eks-node-role';

const ISSUER = 'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const PROVIDER_ARN = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;

const irsaTrust = (issuer: string = ISSUER, provider: unknown = PROVIDER_ARN) => ({
  Version: '2012-10-17',
  Statement: [{
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: provider },
    Condition: {
      StringEquals: {
        [`${issuer}:aud`]: 'sts.amazonaws.com',
        [`${issuer}:sub`]: 'system:serviceaccount:kube-system:aws-node',
      },
    },
  }],
});

function irsaRole(stack: Stack, oidcProvider: iam.IOIDCProviderRef, issuer?: string) {
  return new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.irsa({ oidcProvider, issuer }) });
}

function existingProvider(stack: Stack, providerArn: string = PROVIDER_ARN) {
  return iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'Provider', providerArn);
}

describe('irsa, with an issuer that is known', () => {
  test.each<[string, string, string | undefined]>([
    ['from the ARN of the provider', PROVIDER_ARN, undefined],
    ['from the ARN and given', PROVIDER_ARN, ISSUER],
    ['given with its scheme', PROVIDER_ARN, `https://${ISSUER}`],
  ])('%s, trusts by an ordinary object', (_, providerArn, issuer) => {
    const stack = newStack();
    irsaRole(stack, existingProvider(stack, providerArn), issuer);
    expect(onlyRole(stack).AssumeRolePolicyDocument).toEqual(irsaTrust());
    expect(resourceTypes(stack)).toEqual(['AWS::IAM::Role']);
  });

  test('in an ARN whose account and partition are not known', () => {
    const stack = newStack();
    irsaRole(stack, existingProvider(stack, stack.formatArn({ service: 'iam', region: '', resource: 'oidc-provider', resourceName: ISSUER })));
    const { AssumeRolePolicyDocument } = onlyRole(stack);
    expect(AssumeRolePolicyDocument).toEqual(irsaTrust(ISSUER, AssumeRolePolicyDocument.Statement[0].Principal.Federated));
    expect(deployed(AssumeRolePolicyDocument.Statement[0].Principal.Federated, { '{"Ref":"AWS::Partition"}': 'aws', '{"Ref":"AWS::AccountId"}': '111122223333' }))
      .toBe(PROVIDER_ARN);
  });

  test('that comes at synthesis', () => {
    const stack = newStack();
    const id = Lazy.string({ produce: () => 'EXAMPLED539D4633E53DE1B71EXAMPLE' });
    const cniRole = irsaRole(stack, existingProvider(stack, `arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/${id}`));
    cniRole.role.assumeRolePolicy!.addStatements(new iam.PolicyStatement({ actions: ['sts:TagSession'], principals: [new iam.ServicePrincipal('x')] }));
    expect(onlyRole(stack).AssumeRolePolicyDocument.Statement[0]).toEqual(irsaTrust().Statement[0]);
    expect(onlyRole(stack).AssumeRolePolicyDocument.Statement).toHaveLength(2);
  });

  test('given beside a provider whose ARN is not known', () => {
    const stack = newStack();
    irsaRole(stack, existingProvider(stack, new CfnParameter(stack, 'ProviderArn').valueAsString), ISSUER);
    expect(onlyRole(stack).AssumeRolePolicyDocument).toEqual(irsaTrust(ISSUER, { Ref: 'ProviderArn' }));
  });

  test('has the same audience in aws-cn', () => {
    const stack = newStack('cn-north-1');
    const issuer = 'oidc.eks.cn-north-1.amazonaws.com.cn/id/EXAMPLE';
    irsaRole(stack, existingProvider(stack, `arn:aws-cn:iam::111122223333:oidc-provider/${issuer}`));
    expect(onlyRole(stack).AssumeRolePolicyDocument).toEqual(irsaTrust(issuer, `arn:aws-cn:iam::111122223333:oidc-provider/${issuer}`));
  });
});

describe('irsa, with an issuer that only the deployment knows', () => {
  const url = `https://${ISSUER}`;
  const providers: [string, (stack: Stack) => iam.IOIDCProviderRef][] = [
    ['OpenIdConnectProvider of aws-iam', stack => new iam.OpenIdConnectProvider(stack, 'Provider', { url })],
    ['OidcProviderNative of aws-iam', stack => new iam.OidcProviderNative(stack, 'Provider', { url })],
    ['CfnOIDCProvider', stack => new iam.CfnOIDCProvider(stack, 'Provider', { url })],
    ['OpenIdConnectProvider of aws-eks', stack => new eks.OpenIdConnectProvider(stack, 'Provider', { url })],
    ['OidcProviderNative of aws-eks', stack => new eks.OidcProviderNative(stack, 'Provider', { url })],
    ['OpenIdConnectProvider of aws-eks-v2', stack => new eksv2.OpenIdConnectProvider(stack, 'Provider', { url })],
    ['OidcProviderNative of aws-eks-v2', stack => new eksv2.OidcProviderNative(stack, 'Provider', { url })],
    ['an imported one', stack => existingProvider(stack, Fn.importValue('provider-arn'))],
  ];

  test.each(providers)('%s: trusts by a JSON string', (_, makeProvider) => {
    const stack = newStack();
    const provider = makeProvider(stack);
    const cniRole = irsaRole(stack, provider);
    const trust = resourcesOf(stack)[stack.getLogicalId(cniRole.role.node.defaultChild as iam.CfnRole)].Properties.AssumeRolePolicyDocument;
    const attributes = { [JSON.stringify(stack.resolve(provider.oidcProviderRef.oidcProviderArn))]: PROVIDER_ARN };
    expect(Object.keys(trust)).toEqual(['Fn::Join']);
    expect(JSON.parse(deployed(trust, attributes))).toEqual(irsaTrust());
  });

  test.each(providers)('%s: adds the role and nothing else', (_, makeProvider) => {
    const without = newStack();
    makeProvider(without);
    const stack = newStack();
    irsaRole(stack, makeProvider(stack));
    expect(resourceTypes(stack)).toEqual([...resourceTypes(without), 'AWS::IAM::Role'].sort());
  });

  test('in another stack', () => {
    const app = new App();
    const provider = new iam.OidcProviderNative(new Stack(app, 'Cluster'), 'Provider', { url });
    const stack = new Stack(app, 'Stack');
    irsaRole(stack, provider);
    const trust = onlyRole(stack).AssumeRolePolicyDocument;
    expect(JSON.parse(deployed(trust, { '{"Fn::ImportValue":"Cluster:ExportsOutputRefProvider2281708E9B27F851"}': PROVIDER_ARN }))).toEqual(irsaTrust());
  });

  test.each([['with', url], ['without', ISSUER]])('given as the URL of a cluster, %s its scheme', (_, value) => {
    const stack = newStack();
    irsaRole(stack, existingProvider(stack), new CfnParameter(stack, 'IssuerUrl').valueAsString);
    expect(JSON.parse(deployed(onlyRole(stack).AssumeRolePolicyDocument, { '{"Ref":"IssuerUrl"}': value }))).toEqual(irsaTrust());
  });

  test('in an ARN that comes at synthesis', () => {
    const stack = newStack();
    irsaRole(stack, existingProvider(stack, Lazy.string({ produce: () => PROVIDER_ARN })));
    expect(JSON.parse(deployed(onlyRole(stack).AssumeRolePolicyDocument, {}))).toEqual(irsaTrust());
  });
});

describe('statements that are added to the trust later are kept', () => {
  const forAdministrators = () => new iam.PolicyStatement({
    actions: ['sts:AssumeRole'],
    principals: [new iam.ArnPrincipal('arn:x:iam::111122223333:role/Administrator')],
  });
  const added = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:x:iam::111122223333:role/Administrator' } };

  test('in the object', () => {
    const stack = newStack();
    irsaRole(stack, existingProvider(stack)).role.assumeRolePolicy!.addStatements(forAdministrators());
    expect(onlyRole(stack).AssumeRolePolicyDocument.Statement).toEqual([...irsaTrust().Statement, added]);
  });

  test('in the JSON string', () => {
    const stack = newStack();
    irsaRole(stack, existingProvider(stack, Fn.importValue('provider-arn'))).role.assumeRolePolicy!.addStatements(forAdministrators());
    const trust = JSON.parse(deployed(onlyRole(stack).AssumeRolePolicyDocument, { '{"Fn::ImportValue":"provider-arn"}': PROVIDER_ARN }));
    expect(trust.Statement).toEqual([...irsaTrust().Statement, added]);
  });
});

describe('podIdentity', () => {
  const podIdentityTrust = (cluster: Record<string, unknown> = {}) => ({
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Condition: {
        StringEquals: {
          'aws:RequestTag/kubernetes-namespace': 'kube-system',
          'aws:RequestTag/kubernetes-service-account': 'aws-node',
          ...cluster,
        },
      },
    }],
  });

  test.each(['us-east-1', 'cn-north-1', 'us-gov-west-1', undefined])('trusts the service for the service account of the plugin, in %s', region => {
    const stack = newStack(region);
    new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity() });
    expect(onlyRole(stack).AssumeRolePolicyDocument).toEqual(podIdentityTrust());
    expect(resourceTypes(stack)).toEqual(['AWS::IAM::Role']);
  });

  test('with a cluster trusts it for that cluster alone, and associates the role with the service account', () => {
    const stack = newStack();
    new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity({ cluster: importedCluster(stack) }) });
    const { VpcCniRoleAssociation4F710555: association, ...others } = resourcesOf(stack);
    expect(Object.keys(others)).toHaveLength(1);
    expect(onlyRole(stack).AssumeRolePolicyDocument).toEqual(podIdentityTrust({
      'aws:RequestTag/eks-cluster-arn': {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':eks:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':cluster/my-cluster']],
      },
    }));
    expect(association).toEqual({
      Type: 'AWS::EKS::PodIdentityAssociation',
      Properties: {
        ClusterName: 'my-cluster',
        Namespace: 'kube-system',
        ServiceAccount: 'aws-node',
        RoleArn: { 'Fn::GetAtt': [Object.keys(others)[0], 'Arn'] },
      },
    });
  });

  test('leaves the association to the add-on where the user says so', () => {
    const stack = newStack();
    new VpcCniRole(stack, 'VpcCniRole', { identity: VpcCniIdentity.podIdentity({ cluster: importedCluster(stack), createAssociation: false }) });
    expect(resourceTypes(stack)).toEqual(['AWS::IAM::Role']);
    expect(onlyRole(stack).AssumeRolePolicyDocument.Statement[0].Condition.StringEquals).toHaveProperty(['aws:RequestTag/eks-cluster-arn']);
  });
});

test('an identity serves two roles, which come out alike', () => {
  const stack = newStack();
  const identity = VpcCniIdentity.irsa({ oidcProvider: existingProvider(stack) });
  new VpcCniRole(stack, 'A', { identity });
  new VpcCniRole(stack, 'B', { identity });
  const [a, b] = Object.values(resourcesOf(stack));
  expect(a).toEqual(b);
  expect(a.Properties.ManagedPolicyArns).toEqual([arn(':iam::aws:policy/AmazonEKS_CNI_Policy')]);
});
