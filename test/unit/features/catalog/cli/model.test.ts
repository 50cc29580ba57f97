import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callboard } from '../../../cli/capture';
import { fixtureFiles } from '../../../../support/fixtureFiles';

let cwd: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'callboard-'));
  for (const [path, text] of Object.entries(fixtureFiles('catalogModel'))) write(path, text);
  write('wrong/.callboard/config.yaml', 'model:\n  layers: [layer.yaml]\n');
  write('wrong/layer.yaml', '- op: removeKind.v1\n  kind: Unheard\n');
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const run = (line: string): ReturnType<typeof callboard> =>
  callboard(['model', ...line.split(' ')], { cwd });

describe('`callboard model`', () => {
  it('check accepts a valid model', async () => {
    expect(await run('check')).toMatchObject({ code: 0 });
  });

  it("check reports the position of a layer's error and exits with 1", async () => {
    const { code, stdout } = await run('check wrong --format unix');
    expect(code).toBe(1);
    expect(stdout).toContain('wrong/layer.yaml:2:9: ');
    expect(stdout).toContain('Cannot remove unknown kind "Unheard"');
  });

  it('print prints the model of a kind', async () => {
    const { code, stdout } = await run('print --kind warehouse --format json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kinds: [
        { kind: 'Warehouse', plural: 'warehouses', versions: [{ apiVersion: 'acme.com/v1' }] },
      ],
      relations: [{ type: 'stores', reverseType: 'storedIn' }],
    });
  });

  it('diff shows what the layers add and change', async () => {
    const { stdout } = await run('diff');
    expect(stdout).toContain('+ kind Dataset in acme.com/v1 of type stream\n');
    expect(stdout).toContain('~ kind Component in backstage.io/v1alpha1\n');
    expect(stdout).toContain('      + tier\n');
  });

  describe('with plugins', () => {
    const tag = (name: string): string =>
      `layerId: acme.com/${name}\nops:\n  - { op: declareTag.v1, name: ${name}, properties: { description: ${name} } }\n`;
    const manifest = (id: string): string =>
      `apiVersion: 1\nid: ${id}\ntitle: ${id}\nmodel: [layer.yaml]\n`;
    const layerError = '- op: removeKind.v1\n  kind: Unheard\n';

    beforeAll(() => {
      write('work/.callboard/config.yaml', 'plugins: [./tools/near, acme-far]\n');
      for (const [folder, id] of [
        ['work/tools/near', 'near'],
        ['work/node_modules/acme-far', 'far'],
        ['named', 'named'],
      ] as const) {
        write(`${folder}/plugin.yaml`, manifest(id));
        write(`${folder}/layer.yaml`, tag(id));
      }
      write('empty/notes.txt', '');
      const files = { 'plugin.yaml': manifest('packed'), 'layer.yaml': layerError };
      const bytes = Object.entries(files).map(
        ([path, text]) => [`extension/${path}`, new TextEncoder().encode(text)] as const,
      );
      writeFileSync(join(cwd, 'packed.vsix'), zipSync(Object.fromEntries(bytes)));
    });

    it('has the layers of packages in .callboard/config.yaml', async () => {
      const { code, stdout } = await run('diff work');
      expect([code, stdout]).toEqual([0, '+ tag far\n+ tag near\n']);
    });

    it('has the layers of --plugin', async () => {
      const { code, stdout } = await run('diff work --plugin named');
      expect([code, stdout]).toEqual([0, '+ tag far\n+ tag named\n+ tag near\n']);
      const { stdout: printed } = await run('print work --plugin named --format json');
      expect(JSON.parse(printed)).toMatchObject({
        tags: [{ name: 'near' }, { name: 'far' }, { name: 'named' }],
      });
    });

    it('reports an error of a layer in a VSIX file with its line', async () => {
      const { code, stdout } = await run('check work --plugin packed.vsix');
      expect(code).toBe(1);
      expect(stdout).toContain('packed.vsix/extension/layer.yaml');
      expect(stdout).toContain('2 | kind: Unheard');
    });

    it('reports a declaration that is not valid', async () => {
      write('odd/plugin.yaml', manifest('odd').replace('layer.yaml', 'none.yaml'));
      const { code, stdout } = await run('check work --plugin odd --format unix');
      expect(code).toBe(1);
      expect(stdout).toContain(
        'odd/plugin.yaml:4:9: error: No file matches none.yaml [invalid-plugin]',
      );
    });

    it('needs a plugin in the place of --plugin', async () => {
      const { code, stderr } = await run('print work --plugin empty');
      expect(code).toBe(2);
      expect(stderr).toContain('There is no plugin in empty');
    });
  });

  it('diff compares with a printed model', async () => {
    write('before.json', (await run('print --format json')).stdout);
    expect((await run('diff --against before.json')).stdout).toBe('No changes\n');
  });
});
