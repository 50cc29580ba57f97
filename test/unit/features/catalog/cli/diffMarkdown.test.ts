import { expect, it } from 'vitest';
import { pathsRelativeTo } from '../../../../../src/cli/paths';
import { diffMarkdown } from '../../../../../src/features/catalog/cli/diffMarkdown';
import { diffCatalogs } from '../../../../../src/features/catalog/core/diff';
import { RelationPairs } from '../../../../../src/model';
import { aComponent, aDescriptor } from '../../../../support/descriptors';
import { openCatalog } from '../../../../support/testCatalog';

async function markdown(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Promise<string> {
  const [old, now] = await Promise.all([openCatalog(before), openCatalog(after)]);
  return diffMarkdown({
    base: { revision: 'main', commit: '1'.repeat(40), isStartOfChanges: true },
    head: { revision: 'feature', commit: '2'.repeat(40) },
    diff: await diffCatalogs(old.engine, now.engine, {
      pairs: new RelationPairs(),
      signal: new AbortController().signal,
    }),
    show: pathsRelativeTo('/work'),
  });
}

it('lists problems first and the rest in collapsed sections', async () => {
  const team = { 'org.yaml': aDescriptor('group:team') };
  expect(
    await markdown(
      { ...team, 'a.yaml': aComponent('a', { owner: 'nobody' }), 'b.yaml': aComponent('b') },
      {
        ...team,
        'a.yaml': aComponent('a', { dependsOn: ['component:b'] }),
        'sub/c.yaml': aComponent('c'),
      },
    ),
  ).toBe(`<!-- callboard-diff -->
### Catalog: entities: 1 added, 1 removed, 1 changed · relations: 3 added, 2 removed · **1 new problem** · 1 problem fixed

<details open><summary><b>Problems</b>: 0 errors, 1 warning new; 1 problem fixed</summary>

- ⚠️ warning: spec.dependsOn\\[0\\] refers to component:default/b, which is not in the catalog (\`dangling-reference\`) — \`a.yaml:10\`
- ✅ fixed warning: spec.owner refers to group:default/nobody, which is not in the catalog (\`dangling-reference\`) — \`a.yaml:8\`

</details>

<details><summary><b>Entities</b>: 1 added, 1 removed, 1 changed</summary>

- ➕ \`component:default/c\` — \`sub/c.yaml:4\`
- ➖ \`component:default/b\` — \`b.yaml:4\`
- ✏️ \`component:default/a\` — \`a.yaml:4\`
  - \`spec.owner\`: \`nobody\` → \`team\`
  - \`spec.dependsOn\`: \`component:b\` added

</details>

<details><summary><b>Relations</b>: 3 added, 2 removed</summary>

- ➕ \`component:default/a\` \`dependsOn\` \`component:default/b\` — \`component:default/b\` is not in the catalog
- ➕ \`component:default/a\` \`ownedBy\` \`group:default/team\`
- ➕ \`component:default/c\` \`ownedBy\` \`group:default/team\`
- ➖ \`component:default/a\` \`ownedBy\` \`group:default/nobody\` — \`group:default/nobody\` is not in the catalog
- ➖ \`component:default/b\` \`ownedBy\` \`group:default/team\`

</details>

<sub>feature \\(2222222222\\) compared with where it left main \\(1111111111\\)</sub>
`);
});

it('escapes Markdown, mentions and HTML from descriptors', async () => {
  const evil = '`` ``` | <script>alert(1)</script> @octocat #1 [x](https://example.com) </details>';
  const text = await markdown(
    { 'a.yaml': aDescriptor('component:a', {}, { title: 'A', description: 'x' }) },
    {
      'a.yaml': aDescriptor(
        'component:a',
        { owner: '<b>@octocat</b>' },
        { title: evil, description: `${evil}\n${evil}` },
      ),
    },
  );
  // Remove code spans and escapes; the rest is what GitHub would interpret.
  const rendered = text.replace(/(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '').replace(/\\./g, '');
  expect(rendered).not.toMatch(/<script|<b>@|@octocat|\]\(|#1/);
  expect(rendered.match(/<\/?details/g)).toHaveLength(6);
});

it('stays below the size limit of a comment and counts omitted entries', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 3000 }, (_, index) => [
      `services/with/a/long/path/number-${index}.yaml`,
      aComponent(`service-${index}`, { owner: `nobody-${index}` }),
    ]),
  );
  const text = await markdown({}, many);
  expect(text.length).toBeGreaterThan(50_000);
  expect(text.length).toBeLessThan(65_536);
  expect(text.match(/… and \d+ more/g)).toHaveLength(3);
  expect(text.match(/<details/g)).toHaveLength(3);
  expect(text.match(/<\/details>/g)).toHaveLength(3);
});
