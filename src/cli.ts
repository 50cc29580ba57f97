import { fileURLToPath } from 'node:url';
import { version } from '../package.json';
import { english } from './base';
import { exitCodes } from './cli/command';
import { Interruption } from './cli/interruption';
import { runCommandLine } from './cli/run';
import { processTerminal } from './cli/terminal';
import { openUserCache } from './cli/userCache';
import {
  BlockingFileSystem,
  NodeClock,
  NodeFileSystem,
  pathToFileUri,
  lazyWorkerPool,
  loadThreads,
} from './platform/node';

/** Maximum heap of a plugin's thread, in megabytes. */
const MAX_PLUGIN_HEAP = 512;

const interruption = new Interruption(process);
const terminal = processTerminal(exitCodes.failure);
const fileSystem = new NodeFileSystem();
const pool = lazyWorkerPool(new URL('worker.mjs', import.meta.url).href);
// The code is set rather than exited with, so that all output reaches its pipe.
void runCommandLine(process.argv.slice(2), {
  terminal,
  fileSystem,
  idleFileSystem: new BlockingFileSystem(),
  workers: { pool },
  async inspect(catalog, files, { cache, ...options }) {
    const [{ problemsOfDefinitions }, { DefinitionProblemCache }] = await Promise.all([
      import('./features/apis/plugin'),
      import('./features/apis/core'),
    ]);
    const known =
      cache && new DefinitionProblemCache(cache.storeOf('definitions'), await cache.version());
    const { severities } = catalog.options;
    return problemsOfDefinitions(
      { catalog, files, severities, translate: english, workers: pool, cache: known },
      options,
    );
  },
  async openProblems(deps) {
    const { openDefinitionProblems } = await import('./features/apis/plugin');
    return openDefinitionProblems({ ...deps, translate: english });
  },
  async collators(deps) {
    const [apis, catalog, docs, scaffolder] = await Promise.all([
      import('./features/apis/plugin'),
      import('./features/catalog/plugin'),
      import('./features/techdocs/plugin'),
      import('./features/scaffolder/plugin'),
    ]);
    return [
      ...(await catalog.loadEntityCollators(deps.catalog, deps.translate)),
      await scaffolder.loadTemplatesCollator(deps),
      new docs.DocsCollator(deps),
      new apis.ApisCollator(deps),
    ];
  },
  async startPlugin() {
    const { NodeThread } = await loadThreads();
    const script = new URL('pluginWorker.mjs', import.meta.url).href;
    return new NodeThread(script, { maxHeap: MAX_PLUGIN_HEAP });
  },
  modelExporter: new URL('modelExporter.mjs', import.meta.url).href,
  clock: new NodeClock(),
  cache: openUserCache(process.env, fileURLToPath(import.meta.url)),
  cwd: process.cwd(),
  env: process.env,
  signal: interruption.signal,
  undoable: work => interruption.undoable(work),
  version,
  // Beside the folder that the program is built into.
  problemsPage: pathToFileUri(fileURLToPath(new URL('../docs/problems.md', import.meta.url))),
  siteTheme: pathToFileUri(fileURLToPath(new URL('webview/', import.meta.url))),
  templates: pathToFileUri(fileURLToPath(new URL('../templates', import.meta.url))),
}).then(code => {
  const end = (): void => {
    // Nothing is pending after an interruption.
    if (interruption.exitCode !== undefined) process.exit(interruption.exitCode);
    process.exitCode = code;
  };
  // A signal during the last synchronous work is delivered when the event loop polls next: after the first of these.
  setImmediate(() => setImmediate(end));
});
