import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const root = import.meta.dirname;

// The default is 16 MB. Tests create many objects that are soon unused, and a larger space has V8 copy fewer of them. Only
// threads use it: processes that start others take longer for that the more memory they have.
setFlagsFromString('--max-semi-space-size=64');

const tests = ['test/unit', 'test/attacks'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts'))
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`),
);

/** Whether a file replaces modules, which stay replaced for all that import them later. */
const replaces = (file: string) =>
  /\bvi\.(mock|doMock)\b/.test(readFileSync(join(root, file), 'utf8'));

/**
 * Whether a file starts processes. From one that holds all that tests have loaded so far that takes tens of milliseconds
 * of a processor each time, as the pages of its memory are noted down for the new one. Or whether it measures the time of
 * its processor, which is that of all threads of a process.
 */
const startsProcesses = (file: string) =>
  /^test\/(attacks\/faults|unit\/(cli|server|scripts|templates|platform\/node|features\/[^/]+\/(cli|node)))\//.test(
    file,
  ) ||
  /child_process|support\/(gitRepository|gitServer|gitSources|wildcardPlace|backstageServer|lspProcess|smallDisk|growth)'/.test(
    readFileSync(join(root, file), 'utf8'),
  );

/**
 * Whether a file starts git again and again. Each start takes time for every page of memory, so these tests share a process
 * that has loaded little else.
 */
const startsGit = (file: string) =>
  /^test\/unit\/features\/(scm\/node|sources\/core\/(url|git))\//.test(file) &&
  startsProcesses(file);

const shared: TestProjectInlineConfiguration['test'] = {
  environment: 'node',
  pool: 'threads',
  restoreMocks: true,
  setupFiles: ['test/support/repeatableProperties.ts', 'test/support/restoredStubs.ts'],
  // To end what hangs, not to measure: a busy machine is not a failed test.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 45_000 } },
};

// Unit tests only: plain Node, no editor. The browser tests have a configuration of their own in
// test/e2e, the in-host tests run under mocha inside VS Code.
export default defineConfig({
  test: {
    // One more than there are processors, as much of the time is waiting for git and other processes.
    maxWorkers: availableParallelism() + 1,
    projects: [
      // Loading what is tested anew for each file takes longer than most tests do.
      {
        test: {
          ...shared,
          name: 'unit',
          isolate: false,
          include: tests.filter(file => !replaces(file) && !startsProcesses(file)),
        },
      },
      {
        test: {
          ...shared,
          name: 'unit, with processes',
          isolate: false,
          pool: 'forks',
          include: tests.filter(
            file => !replaces(file) && startsProcesses(file) && !startsGit(file),
          ),
        },
      },
      {
        test: {
          ...shared,
          name: 'unit, with git',
          isolate: false,
          pool: 'forks',
          include: tests.filter(file => !replaces(file) && startsGit(file)),
        },
      },
      // What is replaced for one file is not to be met in another.
      {
        test: {
          ...shared,
          name: 'unit, each file alone',
          pool: 'forks',
          include: tests.filter(replaces),
        },
      },
    ],
  },
});
