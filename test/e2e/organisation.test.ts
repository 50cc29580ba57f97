import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test } from '../support/callboardTest';
import { aComponent, aDescriptor } from '../support/descriptors';
import { writeFiles } from '../support/writeFiles';

// What an organisation settles for itself: kinds of its own, and CODEOWNERS as the source of owners.

const schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['port'],
      properties: { port: { type: 'string' }, length: { type: 'number' } },
    },
  },
};
const vessel = `apiVersion: harbour.example/v1
kind: Vessel
metadata:
  name: tug
spec:
  port: cranes
  length: long
`;

test('kinds of an organisation are validated by its schema, related, listed and found', async ({
  open,
}) => {
  const { workbench, folder = '' } = await open({
    write: target =>
      writeFiles(target, {
        '.vscode/settings.json': JSON.stringify({
          'callboard.catalog.customKinds': [
            {
              kind: 'Vessel',
              apiVersions: ['harbour.example/v1'],
              schema: 'schemas/vessel.json',
              relations: [
                {
                  field: 'spec.port',
                  type: 'berthedAt',
                  inverse: 'berthOf',
                  defaultKind: 'System',
                },
              ],
            },
          ],
        }),
        'schemas/vessel.json': JSON.stringify(schema),
        'org.yaml': aDescriptor('group:team'),
        'cranes.yaml': aDescriptor('system:cranes'),
        'tug.yaml': vessel,
      }),
  });
  await workbench.openContainer('Callboard');
  const problems = await workbench.openView('Problems');
  const problem = (name: RegExp) => problems.getByRole('treeitem', { name });
  await workbench.expand(problem(/^tug, vessel, 1 problem, error/));
  await problem(/spec\/length must be number/).waitFor();

  writeFileSync(join(folder, 'tug.yaml'), vessel.replace('long', '40'));
  await problem(/^tug/).waitFor({ state: 'detached' });
  await workbench.expand(workbench.treeItem(/^Vessel/));
  await workbench.expand(workbench.treeItem(/^tug, Vessel/));
  await workbench.treeItem('Berthed at cranes').waitFor();
  await workbench.expand(workbench.treeItem(/^Systems/));
  await workbench.expand(workbench.treeItem(/^cranes, System/));
  await workbench.treeItem('Berth of tug').waitFor();
  await workbench.runCommand('Callboard: Go to Entity…');
  await workbench.quickInput.getByText('Go to Entity', { exact: true }).waitFor();
  await workbench.choose('tug', 'vessel:default/tug');
  await workbench.tab('tug.yaml').waitFor();

  // A schema that is broken while it is worked on says so, and judges nobody; the next one does.
  writeFileSync(join(folder, 'schemas/vessel.json'), '{ "type": ');
  await problem(/vessel\.json, 1 problem, error/).waitFor();
  await workbench.treeItem(/^tug, Vessel/).waitFor();
  const stricter = { ...schema, required: ['spec'], properties: { spec: { required: ['flag'] } } };
  writeFileSync(join(folder, 'schemas/vessel.json'), JSON.stringify(stricter));
  await problem(/^tug, vessel, 1 problem, error/).waitFor();
  await problem(/vessel\.json/).waitFor({ state: 'detached' });
});

test('owners from CODEOWNERS show wherever owners do, and where they come from', async ({
  open,
}) => {
  const { workbench, folder = '' } = await open({
    write: target =>
      writeFiles(target, {
        '.vscode/settings.json': JSON.stringify({
          'callboard.catalog.ownerFromCodeowners': true,
        }),
        CODEOWNERS: '* @acme/team\n',
        'org.yaml': `${aDescriptor('group:team')}---\n${aDescriptor('group:pilots')}`,
        'web/catalog-info.yaml': aComponent('web', { owner: undefined }),
        'web/index.ts': 'export {};\n',
      }),
  });
  await workbench.openContainer('Callboard');
  await workbench.expand(workbench.treeItem(/^Components/));
  await workbench.treeItem('web, Component, service, owned by team').waitFor();
  const problems = await workbench.openView('Problems');
  await workbench.expand(problems.getByRole('treeitem', { name: /^web, component, 1 problem/ }));
  await problems.getByRole('treeitem', { name: /^hint, .*CODEOWNERS/ }).waitFor();
  await workbench.openFile('index.ts');
  await expect.poll(() => workbench.entityStatus.textContent()).toMatch(/web · team/);

  writeFileSync(join(folder, 'CODEOWNERS'), '* @acme/team\n/web/ @acme/pilots\n');
  await workbench.treeItem('web, Component, service, owned by pilots').waitFor();
  await expect.poll(() => workbench.entityStatus.textContent()).toMatch(/web · pilots/);
});
