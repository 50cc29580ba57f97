import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

  it('diff compares with a printed model', async () => {
    write('before.json', (await run('print --format json')).stdout);
    expect((await run('diff --against before.json')).stdout).toBe('No changes\n');
  });
});
