import { expect, it } from 'vitest';
import { decorateProblems } from '../../../../../../src/features/catalog/plugin';

it.each([
  [0, 0, false, undefined],
  [0, 1, false, '1 warning 1 warning'],
  [2, 3, false, '5 error 2 errors, 3 warnings'],
  [1, 9, false, '9+ error 1 error, 9 warnings'],
  [0, 2, true, '• warning 2 warnings'],
])('shows %i errors and %i warnings (in a group: %j) as %s', (errors, warnings, isGroup, shown) => {
  const decoration = decorateProblems({ errors, warnings }, { isGroup });
  const { badge, color, tooltip } = decoration ?? {};
  expect(decoration && `${badge} ${color} ${tooltip}`).toBe(shown);
});
