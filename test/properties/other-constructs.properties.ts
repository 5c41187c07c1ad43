import * as fc from 'fast-check';
import { expectAnyInput, Use } from './any-input';
import { autoModeNodeRole, cniIpv6Policy, hybridNodeRole, nodeAccessEntry, nodeRolePermissions, vpcCniRole } from './constructs';

test.each<[string, number, fc.Arbitrary<Use>]>([
  ['VpcCniRole', 2000, vpcCniRole],
  ['NodeRolePermissions', 1500, nodeRolePermissions],
  ['EksHybridNodeRole', 1000, hybridNodeRole],
  ['EksAutoModeNodeRole', 500, autoModeNodeRole],
  ['CniIpv6Policy', 500, cniIpv6Policy],
  ['NodeAccessEntry', 500, nodeAccessEntry],
])('%s: %i inputs give a sound template or an error', expectAnyInput);
