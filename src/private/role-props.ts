import { Duration } from 'aws-cdk-lib';
import { ROLE_DESCRIPTION, ROLE_NAME, ROLE_PATH, ROLE_SESSION_SECONDS } from './limits';
import { checkText, invalid } from './validation';

/** Throws if IAM does not accept what a user says of a role. */
export function checkRoleProps(
  constructPath: string,
  props: { roleName?: string; description?: string; path?: string; maxSessionDuration?: Duration },
): void {
  checkText(constructPath, 'roleName', props.roleName, ROLE_NAME, 'Use another name, or leave it out and CloudFormation names the role');
  checkText(constructPath, 'description', props.description, ROLE_DESCRIPTION, 'Shorten it, or leave out other characters');
  checkText(constructPath, 'path', props.path, ROLE_PATH, 'Write a path such as "/eks/", or leave it out for "/"');

  const duration = props.maxSessionDuration;
  if (duration === undefined || duration.isUnresolved()) { return; }
  const seconds = duration.toSeconds({ integral: false });
  const { min, max } = ROLE_SESSION_SECONDS;
  if (seconds >= min && seconds <= max && Number.isInteger(seconds)) { return; }
  throw invalid(constructPath, {
    prop: 'maxSessionDuration',
    value: duration.toHumanString(),
    reason: `IAM takes ${min} to ${max} seconds, that is 1 to 12 hours`,
    remedy: 'Write a duration such as Duration.hours(1), or leave it out',
  });
}
