import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiTarball, packApi } from '../../../scripts/lib/apiPackage.mjs';
import { inProject } from '../../../scripts/lib/project.mjs';

/** Packages of the project that the sample is compiled and tested with. */
const tools = ['@types', 'typescript', 'undici-types', 'vitest'];

let folder: string;

beforeAll(async () => {
  await packApi();
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-api-')));
  writeFileSync(join(folder, 'package.json'), '{ "name": "sample", "type": "module" }');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', apiTarball]);
  for (const name of tools) {
    symlinkSync(inProject('node_modules', name), join(folder, 'node_modules', name), 'junction');
  }
  cpSync(inProject('test', 'fixtures', 'apiPackage'), folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('@callboard/api, installed from its file', () => {
  it('has no dependencies or install scripts', () => {
    const installed = join(folder, 'node_modules', '@callboard', 'api');
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as object;
    expect(Object.keys(manifest).filter(key => /dependencies|scripts/i.test(key))).toEqual([]);
    expect(readdirSync(installed)).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'ThirdPartyNotices.txt', 'index.d.ts']),
    );
  });

  it('type-checks a strict plugin', async () => {
    // Faster than `typescript`, which checks a plugin in test/unit/templates.
    const compiler = inProject('node_modules', 'typescript-native', 'bin', 'tsc');
    await run(process.execPath, [compiler, '-p', '.']);
  });

  it('runs the tests of a plugin on the real engine', async () => {
    const vitest = inProject('node_modules', 'vitest', 'vitest.mjs');
    expect(await run(process.execPath, [vitest, 'run', '--reporter=verbose'])).toContain(
      'shows and reports the coverage',
    );
  });

  it('can be loaded as an ES module and with require', async () => {
    const print = `console.log(api.stringifyEntityRef({ kind: 'API', name: 'Pay' }))`;
    const loads = [
      `import * as api from '@callboard/api'; ${print}`,
      `import { createRequire } from 'node:module'; const api = createRequire(process.cwd() + '/x.js')('@callboard/api'); ${print}`,
    ];
    for (const load of loads) {
      expect(await run(process.execPath, ['--input-type=module', '-e', load])).toBe(
        'api:default/pay\n',
      );
    }
  });
});

/** @throws an error with the output */
async function run(command: string, args: readonly string[]): Promise<string> {
  // Without the variables of this test run.
  const { VITEST: _vitest, NODE_OPTIONS: _options, ...env } = process.env;
  try {
    const { stdout } = await promisify(execFile)(command, args, { cwd: folder, env });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
