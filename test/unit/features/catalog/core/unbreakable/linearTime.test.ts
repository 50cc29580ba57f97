import { expect, it } from 'vitest';
import { aComponent } from '../../../../../support/descriptors';
import { openCatalog } from '../../../../../support/testCatalog';

/*
 * Texts repeated so often that quadratic time would take minutes and linear time a moment. No time
 * is asserted except the test's timeout.
 */

const HEAD = 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: x\n';
const many = 400_000;
const blanks = ' '.repeat(many);

it.each<[string, Readonly<Record<string, string>>]>([
  ['braces in a quote', { 'x.yaml': `${HEAD}spec: ["${'{{'.repeat(many)}}", [\n` }],
  ['braces with percent signs', { 'x.yaml': `${HEAD}spec: ["${'{%'.repeat(many)}x%", [\n` }],
  [
    'empty lines before deep nesting',
    { 'x.yaml': `${HEAD}---\n${'\n'.repeat(many)}x: ${'['.repeat(3000)}\n` },
  ],
  ['spaces in a branch name', { '.git/HEAD': `ref: refs/heads/${blanks}x${blanks}y` }],
  ['spaces in a repository link', { '.git': `gitdir:${blanks}x${blanks}y\n` }],
  ['spaces in the git config', { '.git/config': `[remote "a"]\nurl =${blanks}x\n[a${blanks}` }],
  ['backslashes in the git config', { '.git/config': `[a "${'\\'.repeat(many)}x\n` }],
  [
    'commas in a comment',
    { 'x.yaml': `# callboard-disable-next-line ${'a,'.repeat(many)}\n${HEAD}` },
  ],
  [
    'spaces in a reference',
    { 'x.yaml': aComponent('x', { dependsOn: [`${blanks}:${blanks}/x`] }) },
  ],
  [
    'blank lines before braces',
    { 'x.yaml': `${HEAD}spec: [a,\n${'\n    '.repeat(many / 5)}{{ x\n` },
  ],
  [
    'many missing refs of one entity',
    {
      'x.yaml': aComponent('x', {
        dependsOn: Array.from({ length: 10_000 }, (_, i) => `component:n${i}`),
      }),
    },
  ],
])(
  'reads %s in linear time',
  async (_, files) => {
    const catalog = await openCatalog({ 'z.yaml': aComponent('z'), ...files });
    expect(catalog.refs()).toContain('component:default/z');
  },
  30_000,
);
