import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { english, silentLogger } from '../src/base';
import { CatalogEngine } from '../src/features/catalog/core';
import {
  isActivated,
  PluginHost,
  pluginOfModule,
  createPortalApi,
} from '../src/features/plugins/core';
import { DeclarativePlugins } from '../src/features/plugins/core/declarative';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../src/platform/node';
import { describe, print, quantile } from './measuring';
import { cachedOrganization } from './organization';

/*
 * Start of a catalog with 20 installed plugins whose code waits for an entity of its kind, and with 20 whose code
 * starts at once, each in a new process, compared with the same start without plugins.
 */

const PLUGINS = 20;
const ROUNDS = 15;
const CHILD = 'start';

/** Writes plugins as VS Code installs them. */
function writePlugins(parent: string, activation: readonly string[]): readonly string[] {
  return Array.from({ length: PLUGINS }, (_, index) => {
    const id = `plugin-${index}`;
    const folder = join(parent, id);
    mkdirSync(folder, { recursive: true });
    const callboard = { apiVersion: 1, id, title: id, main: 'plugin.mjs', activation };
    const manifest = { name: id, version: '1.0.0', contributes: { callboard } };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    const code = `export default api => api.createPortalPlugin({ id: '${id}', register() {} });\n`;
    writeFileSync(join(folder, 'plugin.mjs'), code);
    return folder;
  });
}

/** Returns the milliseconds of processor time until the catalog is read and all needed plugins have started. */
async function start(folder: string, plugins: readonly string[]): Promise<number> {
  const before = process.cpuUsage();
  const clock = new NodeClock();
  const fileSystem = new NodeFileSystem();
  const logger = silentLogger;
  const engine = new CatalogEngine({ fileSystem, clock, logger });
  engine.setRoots([{ uri: pathToFileUri(folder), name: 'bench' }]);
  const refreshed = engine.refresh();
  const host = new PluginHost({ logger, clock });
  if (plugins.length) {
    const declarative = new DeclarativePlugins({
      host,
      catalog: engine,
      fileSystem,
      logger,
      translate: english,
      isTrusted: () => true,
      runCommand: undefined,
    });
    await declarative.setPlaces({ roots: [], folders: plugins.map(path => pathToFileUri(path)) });
    await refreshed;
    const api = createPortalApi(host, engine).getApi(1);
    for (const { declaration, folder: place } of declarative.plugins) {
      if (!isActivated(declaration.activation, engine)) continue;
      const module: unknown = await import(`${place}/${declaration.main}`);
      host.register(pluginOfModule(module, api));
    }
    await host.whenSettled();
  }
  await refreshed;
  const { user, system } = process.cpuUsage(before);
  engine.dispose();
  return (user + system) / 1000;
}

/** Measures a start in a new process. */
function startAnew(folder: string, plugins: readonly string[]): number {
  const [bundle = ''] = process.argv.slice(1);
  return Number(execFileSync(process.execPath, [bundle, CHILD, folder, ...plugins]).toString());
}

async function main(): Promise<void> {
  const [command, ...rest] = process.argv.slice(2);
  if (command === CHILD) {
    const [folder = '', ...plugins] = rest;
    console.log(await start(folder, plugins));
    return;
  }
  const place = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
  try {
    const waiting = writePlugins(join(place, 'waiting'), ['onEntityKind:cluster']);
    const needed = writePlugins(join(place, 'needed'), []);
    const organization = cachedOrganization({ entities: 1000, decoys: 0 });
    console.log(describe(organization));
    const { folder } = organization;
    const none: number[] = [];
    const withWaiting: number[] = [];
    const withNeeded: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      none.push(startAnew(folder, []));
      withWaiting.push(startAnew(folder, waiting));
      withNeeded.push(startAnew(folder, needed));
    }
    const base = quantile(none, 0.5);
    const compare = (name: string, times: readonly number[]): void => {
      const half = quantile(times, 0.5);
      print(`${name}: ${(100 * (half / base - 1)).toFixed(1)} % over none`, half);
    };
    print('start without plugins', base);
    compare(`${PLUGINS} plugins, none needed`, withWaiting);
    compare(`${PLUGINS} plugins, all started`, withNeeded);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

void main();
