import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { version } from '../../../package.json';
import { builtProgram } from '../../support/builtProgram';

// The program as a process: streams and exit codes. Starting it takes long on a slow machine.
const patience = 300_000;
/** More than a pipe buffers, so that the output must be read. */
const entityCount = 500;

let folder: string;
let program: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-'));
  program = await builtProgram();
  mkdirSync(join(folder, 'small'));
  mkdirSync(join(folder, 'large'));
  writeFileSync(join(folder, 'small/a.yaml'), anAPI('a').replace('  lifecycle: production\n', ''));
  const apis = Array.from({ length: entityCount }, (_, index) => anAPI(`api-${index}`));
  writeFileSync(join(folder, 'large/apis.yaml'), apis.join('---\n'));
}, patience);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function anAPI(name: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: ${name}
  description: ${'Long enough to fill a pipe. '.repeat(10)}
spec:
  type: openapi
  lifecycle: production
  owner: nobody
  definition: '{}'
`;
}

function start(...args: string[]): ChildProcess {
  const { NO_COLOR, FORCE_COLOR, GITHUB_WORKSPACE, ...env } = process.env;
  return spawn(process.execPath, [program, ...args], { cwd: folder, env });
}

async function run(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const child = start(...args);
  const ended = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
  const [code] = (await ended) as unknown[];
  return { code, stdout, stderr };
}

it('separates results, errors and exit codes', { timeout: patience }, async () => {
  expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  expect(await run('validat')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('Did you mean validate?'),
  });
  expect(await run('validate', 'small')).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^small\/a\.yaml\n[^]*\n1 error/),
    stderr: '',
  });
});

it('prints help and version from a single file', { timeout: patience }, async () => {
  const alone = join(folder, 'cli.js');
  copyFileSync(program, alone);
  const help = execFileSync(process.execPath, [alone, 'validate', '--help'], { encoding: 'utf8' });
  expect(help).toBe((await run('validate', '--help')).stdout);
  expect(help).toMatch(/\nUsage: callboard validate /);
  const shown = execFileSync(process.execPath, [alone, '--version'], { encoding: 'utf8' });
  expect(shown).toBe(`${version}\n`);
  expect(statSync(alone).size).toBeLessThan(40_000);
});

it('writes all of a long output to a pipe', { timeout: patience }, async () => {
  const { code, stdout } = await run('entities', 'large', '--format', 'json');
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as { entities: object[] }).entities).toHaveLength(entityCount);
});

it('prints no error when the reader closes the pipe', { timeout: patience }, async () => {
  const child = start('entities', 'large', '--format', 'json');
  const ended = once(child, 'close');
  child.stdout!.once('data', () => child.stdout!.destroy());
  expect(await text(child.stderr!)).toBe('');
  expect((await ended)[0]).toBe(0);
});
