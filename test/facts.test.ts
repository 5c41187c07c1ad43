import * as audited from '../src/private/audited-permissions';
import * as permissions from '../src/private/permissions';

const actions = [...Object.values(permissions), ...Object.values(audited)]
  .filter((value): value is permissions.ActionFact[] => Array.isArray(value) && typeof value[0] === 'object').flat();

test.each(actions)('$action has a reason, a source and a date', ({ action, reason, source, read: date }) => {
  expect(action).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/);
  expect(reason.length).toBeGreaterThan(10);
  expect(source).toMatch(/^https:\/\//);
  expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
});

test('there are facts', () => {
  expect(actions.length).toBeGreaterThan(15);
});

describe('the name of an AWS managed policy', () => {
  const partition = { Ref: 'AWS::Partition' };
  const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

  test.each<[string, unknown]>([
    ['a literal', 'arn:aws-cn:iam::aws:policy/service-role/Policy'],
    ['a join', join('arn:', partition, ':iam::aws:policy/service-role/Policy')],
    ['a join of more parts', join('arn:', partition, ':iam::', 'aws:policy/', 'service-role/Policy')],
    ['a substitution', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/Policy' }],
  ])('is read from %s', (_, arn) => {
    expect(permissions.awsManagedPolicyName(arn)).toBe('service-role/Policy');
  });

  test.each<[string, unknown]>([
    ['a policy of the user', 'arn:aws:iam::111122223333:policy/Policy'],
    ['a reference', { Ref: 'Policy' }],
    ['a name that goes on with what the deployment knows', join('arn:aws:iam::aws:policy/Amazon', { Ref: 'Rest' })],
    ['a name with a part that the deployment knows', join('arn:aws:iam::aws:policy/Amazon', { Ref: 'Kind' }, 'Policy')],
    ['a name that is substituted', { 'Fn::Sub': 'arn:aws:iam::aws:policy/Amazon${Rest}' }],
  ])('is not read from %s', (_, arn) => {
    expect(permissions.awsManagedPolicyName(arn)).toBeUndefined();
  });
});
