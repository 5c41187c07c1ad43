import { readFileSync } from 'fs';
import { join } from 'path';
import { RULE_APPS } from './rules/apps';
import { reported } from './rules/check';
import { EVERYDAY_APPS, rulesDoc } from './rules/rules-doc';
import { RULES } from '../src/private/node-role-rules';

test('every rule has its apps', () => {
  expect(Object.keys(RULE_APPS).sort()).toEqual(RULES.map(rule => rule.id).sort());
});

describe.each(RULES)('$id', rule => {
  const { region, l1, l2, nearMiss } = RULE_APPS[rule.id];
  const worst = rule.id === 'NodeRoleQuota' ? 'error' : rule.severity;

  test('is broken by L1 constructs', () => {
    expect(reported(l1, region)).toEqual([`${rule.severity} ${rule.id}`]);
  });

  test('is broken by L2 constructs', () => {
    expect(reported(l2, region)).toEqual([`${worst} ${rule.id}`]);
  });

  test('is kept by an app that comes close', () => {
    expect(reported(nearMiss, region)).toEqual([]);
  });
});

describe('what people write every day:', () => {
  test.each(Object.entries(EVERYDAY_APPS))('%s', (_, { build, expected }) => {
    expect(reported(build)).toEqual(expected);
  });
});

test('docs/rules.md is what `npm run docs:rules` writes', () => {
  expect(readFileSync(join(__dirname, '..', 'docs', 'rules.md'), 'utf8')).toBe(rulesDoc());
});
