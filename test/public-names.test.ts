import * as library from 'cdk-eks-node-role';

test('the public names are these', () => {
  expect(Object.keys(library).sort()).toEqual([
    'CniIpv6Policy', 'ContainerRegistryPolicy', 'EksAutoModeNodeRole', 'EksHybridNodeRole', 'EksNodeRole', 'HybridNodeCredentials',
    'NodeAccessEntry', 'NodeAccessEntryType', 'NodeOperatingSystem', 'NodeRolePermissions', 'NodeRoleValidator', 'VpcCniIdentity', 'VpcCniIpFamily',
    'VpcCniPermissions', 'VpcCniRole', 'WorkerNodePolicy',
  ]);
  expect(library.VpcCniIpFamily).toEqual({ IPV4: 'IPV4', IPV6: 'IPV6', IPV4_AND_IPV6: 'IPV4_AND_IPV6' });
  expect(library.NodeOperatingSystem).toEqual({ LINUX: 'LINUX', WINDOWS: 'WINDOWS' });
  expect(library.NodeAccessEntryType).toEqual({
    EC2_LINUX: 'EC2_LINUX', EC2_WINDOWS: 'EC2_WINDOWS', AUTO_MODE: 'AUTO_MODE', HYBRID_LINUX: 'HYBRID_LINUX',
  });
  expect(library.CniIpv6Policy.GUIDE_POLICY_NAME).toBe('AmazonEKS_CNI_IPv6_Policy');
});
