import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { quantile } from './measuring';
import { cachedOrganization } from './organization';
import { type Measurement, pageWith, plotOf, type Results, type Run } from './processResults';

/*
 * Measures whole processes of the build, from start to end, in turn: the command line, its floor and a peer. Writes
 * bench/results/processes.json, and the tables and the plot of docs/performance.md.
 *
 * BENCH_SIZES lists the numbers of entities (1000,10000,100000), BENCH_ROUNDS is the number of rounds (5). Other sizes
 * keep their results.
 */

interface Command {
  readonly name: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
  readonly before?: () => void;
  /** Whether only the time until the first output on a terminal is measured. */
  readonly isUntilProgress?: boolean;
}

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const SIZES = (process.env['BENCH_SIZES'] ?? '1000,10000,100000').split(',').map(Number);
const RESULTS = 'bench/results/processes.json';
const PAGE = 'docs/performance.md';
const PLOT = 'docs/images/performance-growth.svg';
const CLI = 'dist/cli.js';

const work = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
const cache = join(work, 'cache');
const env = { ...process.env, XDG_CACHE_HOME: cache, CALLBOARD_CACHE_DIR: '', NO_COLOR: '1' };
const usageFile = join(work, 'usage.json');
/** Makes a process report its processor time and memory when it ends. */
const usageHook = `data:text/javascript,${encodeURIComponent(
  `import { writeFileSync } from 'node:fs';
   process.on('exit', () => writeFileSync(${JSON.stringify(usageFile)}, JSON.stringify(process.resourceUsage())));`,
)}`;

/** Runs a process to its end. @returns seconds @throws if it fails */
function run(args: readonly string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Exit code 1: problems were found.
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')}: ${String(stderr)}`);
  return (performance.now() - began) / 1000;
}

/** Makes a process show progress, as on a terminal. */
const terminalHook = 'data:text/javascript,process.stderr.isTTY = true';

/** Runs a process until it shows progress, and stops it. @returns seconds @throws if it shows nothing */
async function untilProgress(args: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', terminalHook, ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise(resolve => child.on('close', resolve));
  const seconds = await new Promise<number>((resolve, reject) => {
    child.stderr.once('data', () => resolve((performance.now() - began) / 1000));
    child.on('close', () => reject(new Error(`${args.join(' ')} showed no progress`)));
  });
  child.kill('SIGKILL');
  await ended;
  return seconds;
}

function usageOf(args: readonly string[]): Omit<Measurement, 'seconds'> {
  run(['--import', usageHook, ...args]);
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage;
  const processor = (usage.userCPUTime + usage.systemCPUTime) / 1e6;
  return { processor, megabytes: (usage.maxRSS * 1024) / 1e6 };
}

/** Returns the medians of all commands. They run in turn, so that slow minutes of the machine affect all of them. */
async function measure(commands: readonly Command[]): Promise<Run> {
  const times = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, args, before, isUntilProgress } of commands) {
      before?.();
      times.get(name)?.push(isUntilProgress ? await untilProgress(args) : run(args));
    }
  }
  const rows: Record<string, Measurement> = {};
  for (const { name, args, before, isUntilProgress } of commands) {
    before?.();
    const seconds = quantile(times.get(name) ?? [], 0.5);
    rows[name] = isUntilProgress ? { seconds } : { seconds, ...usageOf(args) };
    console.log(name.padEnd(12), rows[name]);
  }
  const date = new Date().toISOString().slice(0, 10);
  return { date, node: process.versions.node, load: loadavg()[1] ?? 0, rows };
}

async function buildScript(name: string): Promise<string> {
  const outfile = join(process.cwd(), 'out', 'bench', `${name}.cjs`);
  const entry = join(process.cwd(), 'bench', `${name}.ts`);
  await build({ entryPoints: [entry], outfile, bundle: true, minify: true, platform: 'node' });
  return outfile;
}

/** Turns the folder into a repository with one commit and one changed file. */
function changeOneFile(folder: string): void {
  const git = (...args: string[]): void =>
    void execFileSync(
      'git',
      ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args],
      {
        cwd: folder,
        stdio: 'ignore',
      },
    );
  if (!readdirSync(folder).includes('.git')) {
    git('init');
    git('add', '.');
    git('commit', '-m', 'All');
  }
  git('checkout', '.');
  changeFile(folder);
}

function changeFile(folder: string): void {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const changed = names.find(name => /\.ya?ml$/.test(name) && !name.startsWith('.git'));
  if (changed !== undefined) appendFileSync(join(folder, changed), '\n# changed\n');
}

async function measureSize(count: number): Promise<Run> {
  const { folder } = cachedOrganization({ entities: count, decoys: 0 });
  changeOneFile(folder);
  const entities = [CLI, 'entities', '--format', 'json', folder];
  const validate = [CLI, 'validate', '--format', 'json', folder];
  const forget = (): void => rmSync(cache, { recursive: true, force: true });
  return measure([
    { name: 'floor', args: [await buildScript('processFloor'), folder] },
    { name: 'entities', args: entities, before: forget },
    { name: 'entitiesAgain', args: entities },
    { name: 'validate', args: validate, before: forget },
    { name: 'again', args: validate },
    { name: 'againChanged', args: validate, before: () => changeFile(folder) },
    { name: 'changed', args: [...validate, '--changed-since', 'HEAD'], before: forget },
    { name: 'changedAgain', args: [...validate, '--changed-since', 'HEAD'] },
    { name: 'progress', args: validate, before: forget, isUntilProgress: true },
    { name: 'peer', args: [await buildScript('processPeer'), folder] },
  ]);
}

async function main(): Promise<void> {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  const former = JSON.parse(readFileSync(RESULTS, 'utf8')) as Results;
  const starts = await measure([
    { name: 'node', args: ['-e', '0'] },
    { name: 'version', args: [CLI, '--version'] },
    { name: 'help', args: [CLI, '--help'] },
  ]);
  const sizes: Record<string, Run> = { ...former.sizes };
  for (const entities of SIZES) {
    console.log(`${entities} entities`);
    sizes[entities] = await measureSize(entities);
  }
  const results: Results = { starts, sizes };
  writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(PAGE, pageWith(readFileSync(PAGE, 'utf8'), results));
  writeFileSync(PLOT, plotOf(results));
  rmSync(work, { recursive: true, force: true });
}

void main();
