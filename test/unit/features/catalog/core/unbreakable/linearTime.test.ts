import { expect, it } from 'vitest';
import { aComponent } from '../../../../../support/descriptors';
import { openCatalog } from '../../../../../support/testCatalog';

/*
 * Texts made to be slow: repeated so often that what takes the square of their length would take
 * minutes, and what is linear a moment. No time is asserted; the limit of a test is.
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
  ['blanks in the name of a branch', { '.git/HEAD': `ref: refs/heads/${blanks}x${blanks}y` }],
  ['blanks in the link to a repository', { '.git': `gitdir:${blanks}x${blanks}y\n` }],
  [
    'blanks in the settings of git',
    { '.git/config': `[remote "a"]\nurl =${blanks}x\n[a${blanks}` },
  ],
  ['backslashes in the settings of git', { '.git/config': `[a "${'\\'.repeat(many)}x\n` }],
  [
    'commas in a comment',
    { 'x.yaml': `# callboard-disable-next-line ${'a,'.repeat(many)}\n${HEAD}` },
  ],
  [
    'blanks in a reference',
    { 'x.yaml': aComponent('x', { dependsOn: [`${blanks}:${blanks}/x`] }) },
  ],
  [
    'blank lines before braces',
    { 'x.yaml': `${HEAD}spec: [a,\n${'\n    '.repeat(many / 5)}{{ x\n` },
  ],
  [
    'references of one entity that lead nowhere',
    {
      'x.yaml': aComponent('x', {
        dependsOn: Array.from({ length: 10_000 }, (_, i) => `component:n${i}`),
      }),
    },
  ],
])(
  '%s take no more than their time',
  async (_, files) => {
    const catalog = await openCatalog({ 'z.yaml': aComponent('z'), ...files });
    expect(catalog.refs()).toContain('component:default/z');
  },
  30_000,
);
