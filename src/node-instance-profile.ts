import * as iam from 'aws-cdk-lib/aws-iam';
import { INSTANCE_PROFILE_NAME, ROLE_PATH } from './private/limits';
import { RoleConstruct } from './private/role-construct';
import { checkText, invalid } from './private/validation';

/**
 * Options of `EksNodeRole.addInstanceProfile`.
 */
export interface NodeInstanceProfileOptions {
  /**
   * Name of the instance profile, 1 to 128 letters, digits or `_+=,.@-`.
   *
   * @default - named by CloudFormation
   */
  readonly instanceProfileName?: string;

  /**
   * Path of the instance profile, begins and ends with `/`.
   *
   * @default - the path of the role
   */
  readonly path?: string;
}

/** Makes the instance profile of a node role, its child. */
export function makeInstanceProfile(nodeRole: RoleConstruct, { instanceProfileName, path }: NodeInstanceProfileOptions): iam.InstanceProfile {
  const { node, role } = nodeRole;
  if (node.tryFindChild('InstanceProfile')) {
    throw invalid(node.path, {
      prop: 'addInstanceProfile() is called again',
      reason: 'a node role has one instance profile',
      remedy: 'Use instanceProfile, which the first call made',
    });
  }
  checkText(node.path, 'instanceProfileName', instanceProfileName, INSTANCE_PROFILE_NAME,
    'Use another name, or leave it out and CloudFormation names the instance profile');
  checkText(node.path, 'path', path, ROLE_PATH, 'Write a path such as "/eks/", or leave it out for that of the role');
  return new iam.InstanceProfile(nodeRole, 'InstanceProfile', { role, instanceProfileName, path });
}
