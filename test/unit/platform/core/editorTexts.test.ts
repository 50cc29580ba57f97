import { expect, it } from 'vitest';
import { withoutIcons, withoutLinks } from '../../../../src/platform/core';

/** VS Code's pattern of links in messages: `parseLinkedText` in its `src/vs/base/common/linkedText.ts`. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

it.each([
  '[Orders](command:workbench.action.closeWindow)',
  '[a](command:b "title") and [c](https://example.com)',
  '[[a]]((command:b)](command:c)',
])('removes links of VS Code from %s', text => {
  expect(withoutLinks(text)).not.toMatch(link);
});

it('leaves other text unchanged', () => {
  expect(withoutLinks('orders (v2) [old]')).toBe('orders (v2) [old]');
});

it('removes icons of quick picks', () => {
  expect(withoutIcons('$(bug) $($(x))')).not.toMatch(/\$\(/);
  expect(withoutIcons('costs $ (v2)')).toBe('costs $ (v2)');
});
