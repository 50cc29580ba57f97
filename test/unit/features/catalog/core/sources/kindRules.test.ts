import { expect, it } from 'vitest';
import { kindRules } from '../../../../../../src/features/catalog/core/sources/kindRules';

const KINDS = ['Component', 'Api', 'User', 'Group', 'Template'];

it.each([
  [['*'], true, KINDS],
  [['*', '!User', '!template'], false, ['Component', 'Api', 'Group']],
  [['API', 'user'], false, ['Api', 'User']],
  [['*', 'User', '!User'], false, ['Component', 'Api', 'Group', 'Template']],
  [[], false, []],
])('%j', (allow, isOpen, allowed) => {
  const rules = kindRules(allow);
  expect([rules.isOpen, KINDS.filter(kind => rules.allows(kind))]).toEqual([isOpen, allowed]);
});
