import { expect, it } from 'vitest';
import { withoutIcons, withoutLinks } from '../../../../src/platform/core';

/** How VS Code finds links in messages: `parseLinkedText` in its `src/vs/base/common/linkedText.ts`. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

it.each([
  '[Orders](command:workbench.action.closeWindow)',
  '[a](command:b "title") and [c](https://example.com)',
  '[[a]]((command:b)](command:c)',
])('leaves VS Code no link in %s', text => {
  expect(withoutLinks(text)).not.toMatch(link);
});

it('leaves other text as it is', () => {
  expect(withoutLinks('orders (v2) [old]')).toBe('orders (v2) [old]');
});

it('leaves a pick no icon', () => {
  expect(withoutIcons('$(bug) $($(x))')).not.toMatch(/\$\(/);
  expect(withoutIcons('costs $ (v2)')).toBe('costs $ (v2)');
});
