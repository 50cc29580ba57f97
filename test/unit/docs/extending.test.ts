import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

it.each([
  'package.json',
  'src/extension.ts',
  'src/todoPlugin.ts',
  'src/todos.ts',
  'src/todoSearch.ts',
])('docs/extending.md shows %s of the example unchanged', path => {
  const source = read(`test/fixtures/extensions/todo/${path}`).trimEnd();
  const language = path.endsWith('.json') ? 'json' : 'ts';
  expect(read('docs/extending.md')).toContain(
    `\`${path}\`\n\n\`\`\`${language}\n${source}\n\`\`\``,
  );
});
