import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { english } from '../../../src/base';
import { createPaint } from '../../../src/cli/output/style';
import { runCommandLine } from '../../../src/cli/run';
import { problemsOfDefinitions } from '../../../src/features/apis/plugin';
import type { FileSystem } from '../../../src/platform/core/ports';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../../../src/platform/node';
import { builtProgram } from '../../support/builtProgram';
import { aDescriptor, documents } from '../../support/descriptors';
import { TestRepository } from '../../support/gitRepository';
import { isLongRun, longRun } from '../../support/longRun';

const template = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service }
spec:
  owner: team
  type: service
  steps:
    - { id: fetch, action: fetch:template, input: { url: ./skeleton } }
`;

const services = Array.from({ length: 12 }, (_, index) => `s${index}`);

/** Files with input for every command. */
const files: Readonly<Record<string, string>> = {
  'org.yaml': aDescriptor('group:default/team'),
  'mkdocs.yml': 'site_name: Team\n',
  'values.yaml': '{}\n',
  'docs/index.md': '# Team\n\n[Other](other.md)\n',
  'docs/other.md': '# Other\n',
  'service/template.yaml': template,
  'service/template.callboard-test.yaml':
    'tests:\n  - name: works\n    values: {}\n    expect:\n      status: completed\n',
  ...Object.fromEntries(services.map(name => [`service/skeleton/${name}.txt`, `${name}\n`])),
  ...Object.fromEntries(
    services.flatMap(name => [
      [
        `${name}/openapi.yaml`,
        `openapi: 3.1.0\ninfo: { title: ${name}, version: '1' }\npaths: {}\n`,
      ],
      [
        `${name}/catalog-info.yaml`,
        documents(
          aDescriptor(`component:${name}`, { providesApis: [name] }),
          aDescriptor(`api:${name}`, { definition: { $text: './openapi.yaml' } }),
        ),
      ],
      [`new-${name}/package.json`, `{ "name": "new-${name}" }\n`],
    ]),
  ),
};

/** Every command that ends by itself. */
const commands = [
  'entities',
  'validate',
  'validate --format json',
  'validate --changed-since HEAD',
  'diff HEAD',
  'graph component:s1',
  'dependents component:s1',
  'search s1',
  'import',
  'docs build --out site',
  'docs check',
  'docs render docs/index.md',
  'template list',
  'template test',
  'template run service --values values.yaml --out new',
];

let cwd: string;

beforeEach(() => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
  cwd = join(folder, 'work');
  mkdirSync(join(folder, 'tmp'));
  new TestRepository(cwd).commit(files);
});
afterEach(() => rmSync(join(cwd, '..'), { recursive: true, force: true }));

function removeOutputs(): void {
  for (const name of ['new', 'site']) rmSync(join(cwd, name), { recursive: true, force: true });
}

/** Counts reads, and calls back before each. */
function watched(onRead: () => void): FileSystem {
  const disk = new NodeFileSystem();
  const watch =
    <A extends unknown[], R>(read: (...args: A) => R) =>
    (...args: A): R => {
      onRead();
      return read.apply(disk, args);
    };
  return {
    readFile: watch(disk.readFile.bind(disk)),
    readStamped: watch(disk.readStamped.bind(disk)),
    stat: watch(disk.stat.bind(disk)),
    readDirectory: watch(disk.readDirectory.bind(disk)),
    realPath: watch(disk.realPath.bind(disk)),
  };
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  /** Reads in all, and after the interruption. */
  readonly reads: number;
  readonly readsAfter: number;
}

/** Runs a command that is interrupted before the read of this number. */
async function interruptedAt(line: string, number: number): Promise<Ended> {
  const controller = new AbortController();
  let reads = 0;
  let stdout = '';
  const code = await runCommandLine(line.split(' '), {
    terminal: {
      write: text => (stdout += text),
      writeError() {},
      showProgress() {},
      paint: createPaint(false),
      width: undefined,
    },
    fileSystem: watched(() => {
      if (++reads === number) controller.abort();
    }),
    inspect: (catalog, fileSystem, options) =>
      problemsOfDefinitions({ catalog, files: fileSystem, translate: english }, options),
    collators: () => Promise.resolve([]),
    clock: new NodeClock(),
    cwd,
    env: {},
    signal: controller.signal,
    version: '1.2.3',
    problemsPage: pathToFileUri(inProject('docs/problems.md')),
    siteTheme: pathToFileUri(inProject('test/fixtures/techdocs/theme')),
    templates: pathToFileUri(inProject('templates')),
  });
  return { code, stdout, reads, readsAfter: Math.max(0, reads - number) };
}

describe.each(commands)('callboard %s', line => {
  it('stops reading and prints nothing when it is interrupted', async () => {
    const whole = await interruptedAt(line, Infinity);
    removeOutputs();
    expect(whole.code).toBeLessThan(2);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: whole.reads }), async number => {
        const { code, stdout, readsAfter } = await interruptedAt(line, number);
        expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
        // Reads that had started.
        expect(readsAfter).toBeLessThan(60);
        expect(existsSync(join(cwd, 'new'))).toBe(false);
        removeOutputs();
      }),
      longRun({ runs: 4, seed: 20261130 }),
    );
  });
});

describe('the program', () => {
  let program: string;

  beforeAll(async () => {
    program = await builtProgram();
  });

  interface Run {
    readonly code: number;
    readonly stdout: string;
    readonly took: number;
    /** Standard output when the signal was sent; undefined if the program had ended before. */
    readonly stdoutAtSignal: string | undefined;
  }

  /** @param after - milliseconds until it gets the signal; undefined: it gets none */
  function run(
    line: string,
    signal: 'SIGINT' | 'SIGTERM',
    after: number | undefined,
  ): Promise<Run> {
    return new Promise((resolve, reject) => {
      const start = performance.now();
      const child = spawn(process.execPath, [program, ...line.split(' ')], {
        cwd,
        env: { PATH: process.env['PATH'], TMPDIR: join(cwd, '../tmp'), HOME: join(cwd, '..') },
        // Servers exit when their input ends.
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      let stdout = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      let stdoutAtSignal: string | undefined;
      const interrupt = (): void => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        stdoutAtSignal = stdout;
        child.kill(signal);
      };
      // Earlier output is read first, and an exit is detected.
      if (after !== undefined) setTimeout(() => setImmediate(interrupt), after);
      child.on('error', reject);
      child.on('close', (status, ended) => {
        // A signal that comes before the program listens ends it, which shells report the same way.
        const ofSignal = ended === 'SIGINT' ? 130 : ended === 'SIGTERM' ? 143 : -1;
        const took = performance.now() - start;
        resolve({ code: status ?? ofSignal, stdout, took, stdoutAtSignal });
      });
    });
  }

  // Signals take the same way to all commands: a usual run sends them to those that write, or work for long.
  const signaled = isLongRun
    ? commands
    : commands.filter(line => /^(validate|docs build|template run) |^diff/.test(line));

  it.each(signaled)('exits on a signal at any moment: %s', async line => {
    const filesMade = (): number =>
      existsSync(join(cwd, 'new')) ? readdirSync(join(cwd, 'new')).length : 0;
    const whole = await run(line, 'SIGINT', undefined);
    const wholeFiles = filesMade();
    removeOutputs();
    // A failure has no result either.
    expect(whole.code).toBeLessThan(2);
    expect(whole.stdout).not.toBe('');
    const lineCount = whole.stdout.split('\n').length;
    const signals = (['SIGINT', 'SIGTERM'] as const).flatMap(signal =>
      Array.from({ length: isLongRun ? 4 : 1 }, () => signal),
    );
    for (const [index, signal] of signals.entries()) {
      const signalCode = signal === 'SIGINT' ? 130 : 143;
      const codes: number[] = [];
      // A signal that comes while the result is being written is too late; it isn't three times in a row.
      while (codes.length < 3 && !codes.includes(signalCode)) {
        const after = ((index + Math.random()) * whole.took) / signals.length;
        const { code, stdout, stdoutAtSignal } = await run(line, signal, after);
        const files = filesMade();
        expect(readdirSync(join(cwd, '../tmp'))).toEqual([]);
        removeOutputs();
        expect([whole.code, signalCode]).toContain(code);
        expect([0, wholeFiles]).toContain(files);
        if (stdout) expect(stdout.split('\n')).toHaveLength(lineCount);
        // The program had ended, or only its end was missing.
        if (stdoutAtSignal === undefined || stdoutAtSignal.split('\n').length === lineCount) break;
        codes.push(code);
      }
      if (codes.length > 0) expect(codes.at(-1)).toBe(signalCode);
    }
  });

  it.each(['lsp --stdio', 'mcp --stdio'])('exits on a signal: %s', async line => {
    for (const after of isLongRun ? [150, 600, 1200] : [600]) {
      expect(await run(line, 'SIGINT', after)).toMatchObject({ code: 130, stdout: '' });
      expect(await run(line, 'SIGTERM', after)).toMatchObject({ code: 143, stdout: '' });
    }
  });
});
