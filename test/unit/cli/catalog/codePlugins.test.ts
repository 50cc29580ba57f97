import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../../../scripts/lib/project.mjs';
import {
  createPortalPlugin,
  type Entity,
  extensionPoints,
  type PortalApi,
  type PortalPlugin,
  type Problem,
  stringifyEntityRef,
} from '../../../../src/api';
import { loadEntityCollators } from '../../../../src/features/catalog/plugin';
import { createTestPortal } from '../../../../src/testing';
import { writeFiles } from '../../../support/folders';
import { startPlugin } from '../../../support/pluginThreads';
import { useTemporaryFolder } from '../../../support/temporaryFolder';
import { callboard } from '../capture';

let folder: string;
useTemporaryFolder(path => (folder = path));

const manifest = (main: string): string =>
  JSON.stringify(
    { contributes: { callboard: { apiVersion: 1, id: 'sonar', title: 'Sonar', main } } },
    undefined,
    2,
  );

const component = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec: { type: service, lifecycle: production, owner: guests }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: guests }
spec: { type: team, children: [] }
`;

const sonar = readFileSync(inProject('test/fixtures/plugins/sonar/main.mjs'), 'utf8');

function writeWorkspace(main = sonar, name = 'main.mjs'): void {
  writeFiles(folder, {
    'work/catalog-info.yaml': component,
    'work/sonar.json': '{"coverage": 40}',
    'plugin/package.json': manifest(`./${name}`),
    [`plugin/${name}`]: main,
  });
}

async function run(...args: readonly string[]) {
  const { code, stdout, stderr } = await callboard(args, {
    cwd: folder,
    startPlugin,
    pluginDeadline: 3_000,
    collators: ({ catalog }) => loadEntityCollators(catalog),
  });
  return { code, lines: `${stdout}${stderr}`.split('\n').filter(Boolean) };
}

const validate = (...args: readonly string[]) => run('validate', '--format', 'unix', ...args);
const lowCoverage = 'work/catalog-info.yaml:5:15: warning: Coverage is 40 % [low-coverage]';

describe('a plugin with code on the command line', () => {
  it('reports problems and is searched', async () => {
    writeWorkspace();
    const { code, lines } = await validate('work', '--plugin', 'plugin');
    expect(lines[0]).toBe(lowCoverage);
    expect(code).toBe(0);
    const found = await run('search', 'measured', 'work', '--plugin', 'plugin');
    expect(found.lines.join('\n')).toContain('Measured coverage');
  });

  it('is loaded from a VSIX file', async () => {
    writeWorkspace();
    const files = { 'package.json': manifest('./lib/main.mjs'), 'lib/main.mjs': sonar };
    const bytes = Object.entries(files).map(
      ([path, text]) => [`extension/${path}`, new TextEncoder().encode(text)] as const,
    );
    writeFileSync(join(folder, 'sonar.vsix'), zipSync(Object.fromEntries(bytes)));
    expect((await validate('work', '--plugin', 'sonar.vsix')).lines[0]).toBe(lowCoverage);
  });

  it('runs no file out of its folder', async () => {
    writeWorkspace();
    writeFiles(folder, { 'outside.mjs': sonar });
    rmSync(join(folder, 'plugin/main.mjs'));
    symlinkSync(join(folder, 'outside.mjs'), join(folder, 'plugin/main.mjs'));
    const { lines } = await validate('work', '--plugin', 'plugin');
    expect(lines.join('\n')).toContain(
      'leads out of the folder of the plugin through a symbolic link',
    );
    expect(lines).not.toContain(lowCoverage);
  });

  it('prints megabytes without an effect on the results', async () => {
    const print = `process.stdout.write('x'.repeat(20_000_000));\n`;
    writeWorkspace(print + sonar);
    expect((await validate('work', '--plugin', 'plugin')).lines[0]).toBe(lowCoverage);
  });

  it('runs from a workspace only with --trust-plugins', async () => {
    writeWorkspace();
    writeFiles(folder, {
      'work/.callboard/config.yaml': 'plugins: [./tools/sonar]\n',
      'work/tools/sonar/package.json': manifest('./main.mjs'),
      'work/tools/sonar/main.mjs': sonar,
    });
    const refused = await validate('work');
    expect(refused.lines.join('\n')).not.toContain('low-coverage');
    expect(refused.lines.join('\n')).toContain("The code of the plugin sonar doesn't run");
    expect((await validate('work', '--trust-plugins')).lines[0]).toBe(lowCoverage);
  });

  describe('with an entity provider', () => {
    const provided = (connect: string): string => `
const device = name => ({ entity: {
  apiVersion: 'backstage.io/v1alpha1', kind: 'Resource', metadata: { name },
  spec: { type: 'device', owner: 'guests', dependencyOf: ['component:shop'] },
} });
export default ({ createPortalPlugin, extensionPoints }) => createPortalPlugin({
  id: 'devices',
  register: env => env.registerInit({
    deps: { providers: extensionPoints.entityProviders },
    init: ({ providers }) => providers.addEntityProvider({
      getProviderName: () => 'devices',
      async connect(connection) { ${connect} },
    }),
  }),
});
`;
    const full = "await connection.applyMutation({ type: 'full', entities: [device('printer')] });";

    it('adds its entities to the catalog of each command', async () => {
      writeWorkspace(provided(full));
      const entities = await run('entities', 'work', '--plugin', 'plugin', '--format', 'json');
      expect(entities.lines.join('')).toContain('"printer"');
      const found = await run('search', 'printer', 'work', '--plugin', 'plugin');
      expect(found.lines.join('\n')).toContain('printer');
      const unreferenced = component.replace(
        'owner: guests',
        'owner: guests, dependsOn: [resource:printer]',
      );
      writeFiles(folder, { 'work/catalog-info.yaml': unreferenced });
      expect((await validate('work', '--plugin', 'plugin')).lines.join()).not.toContain('printer');
      expect((await validate('work')).lines.join()).toContain('printer');
    });

    it('has the entities and relations that the editor has', async () => {
      writeWorkspace(
        provided(`${full}
          await connection.applyMutation({ type: 'delta', added: [device('scanner'), device('fax')], removed: [] });
          await connection.applyMutation({ type: 'delta', added: [], removed: [{ entityRef: 'resource:default/fax' }] });`),
      );
      const { lines } = await run('entities', 'work', '--plugin', 'plugin', '--format', 'json');
      const portal = await createTestPortal({ files: { 'catalog-info.yaml': component } });
      const module = (await import(join(folder, 'plugin/main.mjs'))) as {
        default: (api: PortalApi) => PortalPlugin;
      };
      await portal.register(module.default({ createPortalPlugin, extensionPoints } as PortalApi));
      await expect
        .poll(() => [
          portal.entity('resource:default/scanner') !== undefined,
          portal.entity('resource:default/fax') !== undefined,
        ])
        .toEqual([true, false]);
      const refs = ['resource:default/printer', 'resource:default/scanner'];
      const inEditor = ['component:default/shop', 'group:default/guests', ...refs];
      const json = JSON.parse(lines.join('\n')) as { entities: { entity: Entity }[] };
      const entities = json.entities.map(({ entity }) => entity);
      expect(entities.map(entity => stringifyEntityRef(entity)).sort()).toEqual(inEditor);
      for (const entity of entities) {
        const { spec, relations } = portal.entity(stringifyEntityRef(entity)) ?? {};
        expect({ spec: entity.spec, relations: entity.relations }).toEqual({
          spec,
          relations: relations ?? [],
        });
      }
      portal.dispose();
    });

    it.each([
      ['throws', "throw new Error('no devices')", 'Entity provider "devices" failed: no devices'],
      [
        'sends something else',
        "await connection.applyMutation({ type: 'full', entities: 'all' })",
        'A mutation must be',
      ],
      ['never answers', 'await new Promise(() => {})', "It didn't respond within 3 s"],
    ])('that %s leaves the other results', async (_, connect, reason) => {
      writeWorkspace(provided(connect));
      const { lines } = await run('entities', 'work', '--plugin', 'plugin');
      expect(lines.join('\n')).toContain('shop');
      expect(lines.join('\n')).toContain(reason);
    });
  });

  describe('with processors', () => {
    const processing = (methods: string): string => `
export default ({ createPortalPlugin, extensionPoints }) => createPortalPlugin({
  id: 'tiers',
  register: env => env.registerInit({
    deps: { processors: extensionPoints.catalogProcessors },
    init: ({ processors }) => processors.addProcessor({ getProcessorName: () => 'Tiers', ${methods} }),
  }),
});
`;
    const tiers = processing(`
      preProcessEntity: entity => entity.kind !== 'Component' ? entity
        : { ...entity, metadata: { ...entity.metadata, labels: { tier: 'gold' } } },
      validateEntityKind: entity => entity.kind === 'Device',
      postProcessEntity(entity, emit) {
        const ref = entity.kind.toLowerCase() + ':default/' + entity.metadata.name;
        if (entity.metadata.name === 'broken') throw new Error('out of order');
        if (entity.kind !== 'Component') return;
        emit.relation({ sourceRef: ref, type: 'runsOn', targetRef: 'Device:default/printer' });
        emit.relation({ sourceRef: 'device:default/printer', type: 'runs', targetRef: ref });
        emit.problem({ code: 'tier', message: 'Its tier is ' + entity.metadata.labels.tier, path: ['spec', 'type'] });
      },`);
    const files = {
      'catalog-info.yaml': component,
      'devices/catalog-info.yaml': ['printer', 'broken']
        .map(
          name => `apiVersion: acme.dev/v1
kind: Device
metadata: { name: ${name} }
`,
        )
        .join('---\n'),
    };
    const writeFolder = (main: string): void => {
      writeWorkspace(main);
      for (const [path, text] of Object.entries(files))
        writeFiles(folder, { [`work/${path}`]: text });
    };

    it('has the entities, relations and problems that the editor has', async () => {
      writeFolder(tiers);
      const inThread = await run('entities', 'work', '--plugin', 'plugin', '--format', 'json');
      const validated = await run('validate', 'work', '--plugin', 'plugin', '--format', 'json');
      const portal = await createTestPortal({ files });
      const module = (await import(join(folder, 'plugin/main.mjs'))) as {
        default: (api: PortalApi) => PortalPlugin;
      };
      await portal.register(module.default({ createPortalPlugin, extensionPoints } as PortalApi));
      await expect.poll(() => portal.entity('device:default/printer')).toBeDefined();
      const json = JSON.parse(inThread.lines.join('\n')) as { entities: { entity: Entity }[] };
      const entities = json.entities.map(({ entity }) => entity);
      expect(entities.map(entity => stringifyEntityRef(entity)).sort()).toEqual([
        'component:default/shop',
        'device:default/printer',
        'group:default/guests',
      ]);
      for (const entity of entities) {
        const { metadata, relations } = portal.entity(stringifyEntityRef(entity)) ?? {};
        expect({ labels: entity.metadata.labels, relations: entity.relations ?? [] }).toEqual({
          labels: metadata?.labels,
          relations: relations ?? [],
        });
      }
      const { problems } = JSON.parse(validated.lines.join('\n')) as { problems: Problem[] };
      const shown = ({ code, message, range }: Pick<Problem, 'code' | 'message' | 'range'>) =>
        `${range.start.line}: ${message} [${code}]`;
      const inEditor = (await portal.problems()).map(shown).sort();
      expect(problems.map(shown).sort()).toEqual(inEditor);
      expect(inEditor).toEqual(
        expect.arrayContaining([
          '4: Its tier is gold [tier]',
          expect.stringContaining('caused by out of order [processor-failed]') as string,
        ]),
      );
      portal.dispose();
    });

    it.each([
      ['hangs', 'postProcessEntity() { for (;;); }', "It didn't respond within 3 s"],
      ['ends its thread', 'postProcessEntity() { process.exit(0); }', 'was stopped'],
      [
        'emits something else',
        'postProcessEntity: (_, emit) => emit.problem({ code: 1 })',
        'A problem must have a string "code" and "message", and a list as "path"',
      ],
      [
        'returns what no thread can send',
        'preProcessEntity: entity => ({ ...entity, run() {} })',
        'could not be cloned',
      ],
      [
        'never stops emitting',
        'postProcessEntity(_, emit) { for (;;) emit.relation({ sourceRef: "a:b/c", type: "of", targetRef: "a:b/d" }); }',
        'It emitted more than 10000',
      ],
    ])('that %s is reported beside the other results', async (_, methods, reason) => {
      writeFolder(processing(methods));
      writeFiles(folder, { 'work/other.yaml': component.replace('shop', '[]') });
      const { code, lines } = await validate('work', '--plugin', 'plugin');
      expect(lines.join('\n')).toContain(reason);
      expect(lines.join('\n')).toContain('work/other.yaml');
      expect(code).toBe(1);
    });
  });

  for (const [what, main, reason] of [
    ['throws', 'throw new Error("out of order");', 'out of order'],
    ['exports no plugin', 'export default 1;', 'The module must export a plugin'],
    ['ends its thread', 'process.exit(0);', 'The thread ended with 0'],
    ['hangs', 'for (;;);', "It didn't respond within 3 s"],
    [
      'never ends its init',
      'export default api => api.createPortalPlugin({ id: "sonar", register: env => env.registerInit({ deps: {}, init: () => new Promise(() => {}) }) });',
      "It didn't respond within 3 s",
    ],
    [
      'needs too much memory',
      'const all = []; for (;;) all.push(new Array(1e6).fill(all.length));',
      'memory',
    ],
    [
      'floods problems',
      sonar.replace(
        'found.get(file) ?? []',
        'Array.from({ length: 20_000 }, () => ({ code: "x", message: "y" }))',
      ),
      'It reported more than 10000 problems',
    ],
  ] as const) {
    it(`that ${what} ends as a problem beside all other results`, async () => {
      writeWorkspace(main);
      writeFiles(folder, { 'work/other.yaml': component.replace('shop', '[]') });
      const { code, lines } = await validate('--plugin', 'plugin');
      const text = lines.join('\n');
      expect(text).toContain('plugin/package.json:7:');
      expect(text).toContain('The plugin sonar was stopped:');
      expect(text).toContain(reason);
      expect(text).toContain('work/other.yaml');
      expect(code).toBe(1);
    });
  }
});
