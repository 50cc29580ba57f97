import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  moveToNamespace,
  prepareRename,
  renameEntity,
} from '../../../../../../src/features/authoring/language';
import { openLanguageWorkspace } from '../../../../../support/languageWorkspace';
import { longRun } from '../../../../../support/longRun';
import { appliedPlan, planOf } from '../../../../../support/renames';

/** A ref to the group in one of its forms, indented as an item or a value of `spec`. */
const value = fc
  .record({
    form: fc.constantFrom('team-a', 'default/team-a', 'group:team-a', 'group:default/team-a'),
    style: fc.constantFrom('plain', 'single', 'double', 'folded', 'literal', 'anchored'),
  })
  .map(({ form, style }) => {
    switch (style) {
      case 'single':
        return `'${form}'`;
      case 'double':
        return `"${form}"`;
      case 'folded':
        return `>-\n    ${form}`;
      case 'literal':
        return `|-\n    ${form}`;
      case 'anchored':
        return `&a ${form}`;
      default:
        return form;
    }
  });

const document = fc
  .record({
    name: fc.constantFrom('one', 'two', 'team-ab', 'x.y'),
    namespace: fc.constantFrom('', '', '  namespace: default\n'),
    comment: fc.constantFrom('', ' # team-a', '  # group:team-a'),
    owner: value,
    more: fc.constantFrom(
      '',
      '  dependsOn: [group:team-a, "group:default/team-a", resource:team-a]\n',
      "  dependsOn:\n  - group:team-a # first\n  -   'group:team-a'\n\n",
      '  x: { a: team-a }\n',
      '  system: team-a\n',
      '  definition: |\n    owner: team-a\n\n',
    ),
    annotation: fc.constantFrom(
      '',
      '  annotations: {backstage.io/techdocs-entity: group:team-a}\n',
    ),
    isFlow: fc.boolean(),
    alias: fc.boolean(),
  })
  .map(({ name, namespace, comment, owner, more, annotation, isFlow, alias }) => {
    const head = 'apiVersion: backstage.io/v1alpha1\nkind: Component\n';
    if (isFlow && !owner.includes('\n')) {
      return `${head}metadata: {name: ${name}}\nspec: {type: service, lifecycle: x, owner: ${owner}}${comment}\n`;
    }
    const aliased = alias && owner.startsWith('&a group:') ? '  dependencyOf: [*a]\n' : '';
    return (
      `${head}metadata:\n  name: ${name}${comment}\n${namespace}${annotation}` +
      `spec:\n  type: service\n  lifecycle: x\n  owner: ${owner}\n${aliased}${more}`
    );
  });

const TEAM = fc.constantFrom(
  'kind: Group\nmetadata:\n  name: team-a\nspec: {type: team, children: []}\n',
  'kind: Group\nmetadata: { "name": "team-a" }\nspec: {type: team, children: [], parent: team-a}\n',
  'kind: Group\nmetadata:\n  annotations:\n    github.com/team-slug: acme/team-a # team-a\n  name: >-\n    team-a\n\nspec:\n  type: team\n  children: []\n',
);

const catalog = fc
  .record({
    team: TEAM.map(text => `apiVersion: backstage.io/v1alpha1\n${text}`),
    files: fc.array(fc.array(document, { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
    marker: fc.constantFrom('---\n', '--- # team-a\n', '...\n---\n'),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    hasTail: fc.boolean(),
  })
  .map(({ team, files, marker, lineEnd, hasTail }): Readonly<Record<string, string>> => {
    const texts = [[team], ...files].map((documents, index) => {
      const text = documents.join(marker).replaceAll('\n', lineEnd);
      return [`${index}.yaml`, hasTail ? text : text.trimEnd()] as const;
    });
    return { ...Object.fromEntries(texts), CODEOWNERS: `* @acme/team-a${lineEnd}` };
  });

const names = fc.constantFrom('b', 'crew', 'Team.B', 'team-aa', 'a_b', 'team-a-b');

const { signal } = new AbortController();

describe('Rename of any text', () => {
  it('restores the same bytes with its inverse', async () => {
    await fc.assert(
      fc.asyncProperty(catalog, names, async (files, newName) => {
        const workspace = await openLanguageWorkspace(files);
        try {
          const there = { ref: 'group:default/team-a', newName };
          const plan = planOf(await renameEntity(workspace.context, there, signal));
          const renamed = appliedPlan(workspace, plan);
          expect(renamed['0.yaml']).toContain(newName);
          await workspace.write(renamed);
          const ref = `group:default/${newName.toLowerCase()}`;
          // Every relation has been updated.
          expect(workspace.mirror.referencesTo('group:default/team-a')).toEqual([]);
          const back = { ref, newName: 'team-a' };
          const inverse = planOf(await renameEntity(workspace.context, back, signal));
          expect(appliedPlan(workspace, inverse)).toEqual(
            Object.fromEntries(Object.keys(renamed).map(path => [path, files[path]])),
          );
        } finally {
          workspace.dispose();
        }
      }),
      longRun({ runs: 30, seed: 20261125 }),
    );
  });

  it('to another namespace keeps every relation', async () => {
    await fc.assert(
      fc.asyncProperty(catalog, async files => {
        const workspace = await openLanguageWorkspace(files);
        try {
          const ref = 'group:default/team-a';
          const count = workspace.mirror.referencesTo(ref).length;
          const request = { ref, namespace: 'other' };
          const plan = planOf(await moveToNamespace(workspace.context, request, signal));
          await workspace.write(appliedPlan(workspace, plan));
          expect(workspace.mirror.referencesTo(ref)).toEqual([]);
          expect(workspace.mirror.referencesTo('group:other/team-a')).toHaveLength(count);
        } finally {
          workspace.dispose();
        }
      }),
      longRun({ runs: 20, seed: 20261125 }),
    );
  });

  it('ends with ranges within the text', async () => {
    const workspace = await openLanguageWorkspace({
      'team.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-a}\nspec: {type: team, children: []}\n',
    });
    const pieces = [
      '\n',
      ' ',
      '- ',
      ': ',
      '"',
      "'",
      '[',
      '}',
      '&a ',
      '*a',
      '|\n',
      '? ',
      '\r\n',
      '!!str ',
      '...\n',
      '---\n',
      '%YAML 1.2\n',
      'team-a',
      '<<: *a\n',
      '\0',
      '\uD800',
    ];
    await fc.assert(
      fc.asyncProperty(
        document,
        fc.array(
          fc.record({
            at: fc.nat(300),
            length: fc.nat(20),
            insert: fc.constantFrom('', ...pieces),
          }),
          { maxLength: 4 },
        ),
        fc.nat(300),
        async (before, cuts, offset) => {
          const text = cuts.reduce(
            (rest, { at, length, insert }) => rest.slice(0, at) + insert + rest.slice(at + length),
            before,
          );
          const request = workspace.open('here.yaml', text);
          const prepared = prepareRename(
            request.context,
            request.text,
            Math.min(offset, text.length),
          );
          const ranges = prepared.ok ? [prepared.value.range] : [];
          const result = await renameEntity(
            request.context,
            {
              ref: 'group:default/team-a',
              newName: 'b',
              moreFiles: [request.text.uri],
            },
            signal,
          );
          if (result?.ok) {
            for (const { uri, edits } of result.value.files) {
              if (uri === request.text.uri) ranges.push(...edits.map(({ range }) => range));
            }
          }
          for (const position of ranges.flatMap(({ start, end }) => [start, end])) {
            expect(request.text.positionAt(request.text.offsetAt(position))).toEqual(position);
          }
        },
      ),
      longRun({ runs: 100, seed: 20261125 }),
    );
    workspace.dispose();
  });
});
