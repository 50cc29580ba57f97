import { expect, it } from 'vitest';
import { findTemplate } from '../../../../../../src/features/scaffolder/core';
import { InputError } from '../../../../../../src/features/scm/core/forgeFiles';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';

const HEAD = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service }
spec:
  owner: team-a
  type: service
`;

const find = (files: Readonly<Record<string, string>>): ReturnType<typeof findTemplate> =>
  findTemplate('file:///work/service', 'service', new InMemoryFileSystem(files));

it('resolves placeholders like the catalog', async () => {
  const { entity, ref, file } = await find({
    '/work/.git/HEAD': 'ref: refs/heads/main',
    '/work/service/template.yaml': `${HEAD}  parameters: { $json: ./parameters.json }
  steps: { $yaml: ../shared/steps.yaml }
  output: { text: [{ title: Next, content: { $text: ./next.md } }] }
`,
    '/work/service/parameters.json': '{ "required": ["name"] }',
    '/work/shared/steps.yaml': '- { action: debug:log }\n',
    '/work/service/next.md': '# Next\n',
  });
  expect([ref, file]).toEqual(['template:default/service', 'file:///work/service/template.yaml']);
  expect(entity['spec']).toEqual({
    owner: 'team-a',
    type: 'service',
    parameters: { required: ['name'] },
    steps: [{ action: 'debug:log' }],
    output: { text: [{ title: 'Next', content: '# Next\n' }] },
  });
});

it('rejects a file with an unresolved alias', async () => {
  await expect(find({ '/work/service/template.yaml': `${HEAD}  steps: *a\n` })).rejects.toThrow(
    new InputError(
      "Can't run service: Unresolved alias (the anchor must be set before the alias): a",
    ),
  );
});

it.each([
  ['nowhere', './no.yaml', 'could not read location ./no.yaml'],
  ['out of the repository', '../../secret.yaml', 'from the same repository'],
  ['out of the folder, where there is no repository', '../shared.yaml', 'from the same repository'],
  ['to the web', 'https://x.y/a.yaml', 'only files of this repository are'],
  ['to a value that a catalog would reject', './text.yaml', '/spec/steps'],
])('reports a placeholder with a target %s', async (what, target, message) => {
  const found = find({
    ...(what.includes('no repository') ? {} : { '/work/.git/HEAD': 'ref: refs/heads/main' }),
    '/work/service/template.yaml': `${HEAD}  steps: { $yaml: '${target}' }\n`,
    '/work/service/text.yaml': 'text',
    '/work/shared.yaml': '[]',
    '/secret.yaml': '[]',
  });
  await expect(found).rejects.toThrow(InputError);
  await expect(found).rejects.toThrow(message);
});
