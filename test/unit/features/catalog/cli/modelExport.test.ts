import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeBackstageModules } from '../../../../support/backstageModules';
import { builtWorker } from '../../../../support/builtProgram';
import { listFiles, writeFiles } from '../../../../support/folders';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';
import { callboard } from '../../../cli/capture';

let cwd: string;

const run = async (...args: string[]): ReturnType<typeof callboard> => {
  const env = { GH_TOKEN: 'secret' };
  process.env['GH_TOKEN'] = env.GH_TOKEN;
  const modelExporter = await builtWorker('modelExporter');
  return callboard(['model', 'export', ...args], { cwd, env, modelExporter });
};

useTemporaryFolder(path => (cwd = path));
beforeEach(() => {
  writeBackstageModules(cwd);
});

describe('callboard model export', () => {
  it('writes the layers that modules register, without tokens and the layers of Backstage', async () => {
    const { code, stdout, stderr } = await run('--out', 'model', '--run');
    expect([code, stdout]).toEqual([0, 'model/acme.com-ships.yaml\n']);
    expect(stderr).toBe('1 layer written, of 2 modules that extend the model\n');
    expect(listFiles(join(cwd, 'model'))).toEqual(['acme.com-ships.yaml']);
    expect(parse(readFileSync(join(cwd, 'model/acme.com-ships.yaml'), 'utf8'))).toEqual({
      layerId: 'acme.com/Ships',
      ops: [{ op: 'declareTag.v1', name: 'ship', properties: { description: 'no token' } }],
    });
  });

  it('runs nothing without --run, and names what it would run', async () => {
    const { code, stderr } = await run('.', '--out', 'model');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'model export would run packages/backend/src/index.ts and all that it imports',
    );
  });

  it('reports errors of modules', async () => {
    writeFiles(cwd, { 'packages/backend/src/ports.ts': 'throw new RangeError("no ports");\n' });
    const { code, stderr } = await run('--out', 'model', '--run');
    expect([code, stderr.split('\n')[0]]).toEqual([
      2,
      'callboard: The modules failed: RangeError: no ports',
    ]);
  });

  it('needs a backend', async () => {
    mkdirSync(join(cwd, 'empty'));
    const { code, stderr } = await run('empty', '--out', 'model', '--run');
    expect(code).toBe(2);
    expect(stderr).toContain('empty has no backend of a Backstage');
  });
});
