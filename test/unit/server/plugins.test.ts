import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { builtProgram } from '../../support/builtProgram';
import { LspProcess } from '../../support/lspProcess';

/** Timeout in milliseconds. Starting a process takes long on a slow machine. */
const patience = 300_000;

const PATH = '.callboard/plugin.yaml';
const example = readFileSync(
  join(inProject('docs/examples/plugin-without-code'), PATH),
  'utf8',
).replace('files: services/**/RUNBOOK.md', 'files: RUNBOOK.md');

let program: string;
let server: LspProcess;

beforeAll(async () => {
  program = await builtProgram();
}, patience);
afterEach(() => server.end());

const linesOf = (text: string): readonly string[] => text.split('\n');
/** Position of a text in the example. */
function placeOf(text: string): [number, number] {
  const line = linesOf(example).findIndex(one => one.includes(text));
  return [line, linesOf(example)[line]?.indexOf(text) ?? -1];
}

const sonar = inProject('test/fixtures/plugins/sonar/main.mjs');
const descriptor = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: shop }
spec: { type: service, lifecycle: production, owner: guests }
`;

it('reports problems of plugins with code beside its own', { timeout: patience }, async () => {
  const declaration = { apiVersion: 1, id: 'sonar', title: 'Sonar', main: 'main.mjs' };
  const broken = { ...declaration, id: 'broken', main: 'broken.mjs' };
  const manifest = (callboard: object): string => JSON.stringify({ contributes: { callboard } });
  server = await LspProcess.start(
    program,
    {
      'catalog-info.yaml': descriptor,
      'sonar.json': '{"coverage": 40}',
      'sonar/package.json': manifest(declaration),
      'sonar/main.mjs': readFileSync(sonar, 'utf8'),
      'broken/package.json': manifest(broken),
      'broken/broken.mjs': 'process.exit(1);',
    },
    {},
    {},
    ['--plugin', 'sonar', '--plugin', 'broken'],
  );
  server.open('catalog-info.yaml', descriptor);
  await server.untilShown('catalog-info.yaml', shown => {
    const codes = shown.map(({ code }) => code);
    return codes.includes('low-coverage') && codes.length > 1;
  });
});

it(
  'knows the entities of providers, and the results of processors, of plugins',
  { timeout: patience },
  async () => {
    const declaration = (id: string) => ({ apiVersion: 1, id, title: id, main: 'main.mjs' });
    const manifest = (id: string): string =>
      JSON.stringify({ contributes: { callboard: declaration(id) } });
    const devices = `
const entity = {
  apiVersion: 'backstage.io/v1alpha1', kind: 'Resource', metadata: { name: 'printer' },
  spec: { type: 'device', owner: 'guests' },
};
export default ({ createPortalPlugin, extensionPoints }) => createPortalPlugin({
  id: 'devices',
  register: env => env.registerInit({
    deps: { providers: extensionPoints.entityProviders, processors: extensionPoints.catalogProcessors },
    init: ({ providers, processors }) => [
      providers.addEntityProvider({
        getProviderName: () => 'devices',
        connect: connection => connection.applyMutation({ type: 'full', entities: [{ entity }] }),
      }),
      processors.addProcessor({
        getProcessorName: () => 'Devices',
        postProcessEntity(entity, emit) {
          const message = entity.metadata.name + ' is processed';
          if (entity.kind === 'Component') emit.problem({ code: 'processed', message });
        },
      }),
    ],
  }),
});
`;
    const text = descriptor.replace(
      'guests }',
      'guests, dependsOn: [resource:printer, resource:fax] }',
    );
    server = await LspProcess.start(
      program,
      {
        'catalog-info.yaml': text,
        'sonar.json': '{"coverage": 40}',
        'sonar/package.json': manifest('sonar'),
        'sonar/main.mjs': readFileSync(sonar, 'utf8'),
        'devices/package.json': manifest('devices'),
        'devices/main.mjs': devices,
      },
      {},
      {},
      ['--plugin', 'sonar', '--plugin', 'devices'],
    );
    server.open('catalog-info.yaml', text);
    await server.untilShown('catalog-info.yaml', shown => {
      const messages = shown.map(({ message }) => message).join('\n');
      const isChecked = shown.some(({ code }) => code === 'low-coverage');
      const isProcessed = shown.filter(({ code }) => code === 'processed').length === 1;
      return (
        isChecked &&
        isProcessed &&
        messages.includes('resource:default/fax') &&
        !messages.includes('printer')
      );
    });
  },
);

it('completes, describes and validates a plugin without code', { timeout: patience }, async () => {
  server = await LspProcess.start(program, { [PATH]: example, 'RUNBOOK.md': '# Restart\n' });
  server.open(PATH, example);
  const [line, character] = placeOf('files: RUNBOOK');
  expect(await server.at('definition', PATH, [line, character + 8])).toMatchObject([
    { uri: server.uriOf('RUNBOOK.md') },
  ]);
  expect(JSON.stringify(await server.at('hover', PATH, placeOf('oupings:')))).toContain(
    'Ways to group the Catalog view.',
  );
  const text = `${example}comm`;
  server.change(PATH, text);
  const end = linesOf(text).length - 1;
  expect(JSON.stringify(await server.at('completion', PATH, [end, 4]))).toContain('"commands"');

  server.change(PATH, example.replace('cards:', 'crads:'));
  const message = 'Unknown key "crads". Did you mean "cards"?';
  await server.untilShown(
    PATH,
    shown =>
      shown.length === 1 && shown[0]?.code === 'invalid-plugin' && shown[0].message === message,
  );
  server.change(PATH, example);
  await server.untilShown(PATH, shown => shown.length === 0);
});
