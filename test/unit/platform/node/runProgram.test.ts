import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { english } from '../../../../src/base';
import { DiagramDrawer } from '../../../../src/features/techdocs/core/pages';
import type { ProgramRun } from '../../../../src/platform/core/ports';
import { nodePrograms } from '../../../../src/platform/node';

let folder = '';
let program = '';
/** A program that executes the action in its first argument. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-programs-'));
  program = join(folder, 'stand-in');
  const script = `#!${process.execPath}
const { spawn } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const [what, path] = process.argv.slice(2);
const text = require('node:fs').readFileSync(0, 'utf8');
if (what === 'echo') process.stdout.write(text + JSON.stringify(process.argv.slice(3)));
if (what === 'fail') { console.error('a complaint'); process.exit(3); }
if (what === 'environment') process.stdout.write(JSON.stringify({ ...process.env, cwd: process.cwd() }));
const flood = () => process.stdout.write('a'.repeat(65536), flood);
if (what === 'flood') flood();
if (what === 'hang') {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
  writeFileSync(path, String(child.pid));
  setInterval(() => {}, 1000);
}
if (what === '-Tsvg') process.stdout.write('<svg>' + text + '</svg>');
`;
  writeFileSync(program, script);
  chmodSync(program, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: readonly string[], more: Partial<ProgramRun> = {}) =>
  nodePrograms.run(program, {
    args,
    input: 'text',
    environment: {},
    timeout: 20_000,
    maxOutput: 1_000_000,
    ...more,
  });

describe.skipIf(process.platform === 'win32')('program', () => {
  it('receives arguments and input without a shell', async () => {
    expect(await run(['echo', '$HOME', '; exit 1', '*'])).toEqual({
      type: 'ended',
      code: 0,
      output: 'text["$HOME","; exit 1","*"]',
      errors: '',
    });
    expect(await run(['fail'])).toMatchObject({ code: 3, errors: 'a complaint\n' });
  });

  it('receives only the environment that programs need', async () => {
    process.env['CALLBOARD_TEST_TOKEN'] = 'secret';
    onTestFinished(() => void delete process.env['CALLBOARD_TEST_TOKEN']);
    const result = await run(['environment'], { environment: { SERVER_NAME: 'here' } });
    const seen =
      result.type === 'ended' ? (JSON.parse(result.output) as Record<string, string>) : {};
    expect(seen['SERVER_NAME']).toBe('here');
    expect(seen['PATH']).toBe(process.env['PATH']);
    expect(seen['CALLBOARD_TEST_TOKEN']).toBeUndefined();
    expect(seen['cwd']).not.toBe(process.cwd());
  });

  it('is reported if it is missing', async () => {
    const missing = { args: [], input: '', environment: {}, timeout: 1000, maxOutput: 10 };
    expect(await nodePrograms.run(join(folder, 'none'), missing)).toEqual({ type: 'missing' });
    expect(await nodePrograms.run('callboard-has-no-such-program', missing)).toEqual({
      type: 'missing',
    });
    expect(await nodePrograms.run(folder, missing)).toEqual({ type: 'missing' });
  });

  it('is ended when its output is too long', async () => {
    expect(await run(['flood'])).toEqual({ type: 'excess' });
  });

  it.each(['timeout', 'abort'])('is ended with its child processes: %s', async how => {
    const path = join(folder, how);
    const abort = new AbortController();
    const running = run(['hang', path], {
      timeout: how === 'timeout' ? 3000 : 60_000,
      signal: abort.signal,
    });
    const outcome = running.catch((error: unknown) => error);
    while (!existsSync(path) || readFileSync(path, 'utf8') === '') await wait(10);
    const child = Number(readFileSync(path, 'utf8'));
    if (how === 'abort') abort.abort();
    expect(await outcome).toMatchObject(
      how === 'abort' ? { name: 'AbortError' } : { type: 'timeout' },
    );
    while (isRunning(child)) await wait(10);
  });

  it('draws diagrams', async () => {
    const drawer = new DiagramDrawer({
      programs: nodePrograms,
      mayRun: () => true,
      commandOf: () => program,
      translate: english,
    });
    const { signal } = new AbortController();
    expect(await drawer.draw({ program: 'graphviz', source: 'a' }, signal)).toEqual({
      svg: '<svg>a</svg>',
    });
    expect(await drawer.draw({ program: 'plantuml', source: 'a' }, signal)).toEqual({
      reason: expect.stringContaining('or set its location'),
    });
  });
});

const hasGraphviz = spawnSync('dot', ['-V']).status === 0;

describe.skipIf(!hasGraphviz)('installed Graphviz', () => {
  const { signal } = new AbortController();
  const drawer = new DiagramDrawer({
    programs: nodePrograms,
    mayRun: () => true,
    commandOf: () => 'dot',
    translate: english,
  });

  it('draws, and reports errors', async () => {
    const source = 'digraph { a -> b; c [image="/etc/passwd"] }';
    expect(await drawer.draw({ program: 'graphviz', source }, signal)).toEqual({
      svg: expect.stringMatching(/^<svg[^]*a&#45;&gt;b[^]*<\/svg>\s*$/),
    });
    expect(await drawer.draw({ program: 'graphviz', source: 'graph {' }, signal)).toEqual({
      reason: expect.stringContaining('syntax error in line 1'),
    });
  });
});

/** Whether a process runs; one that has ended but is not reaped yet doesn't. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
