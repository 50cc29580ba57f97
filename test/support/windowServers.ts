import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { testExtensionBuilds } from '../../scripts/lib/bundles.mjs';
import { ensureEmbeddedHost } from '../../scripts/lib/embeddedInstall.mjs';
import { type EmbeddedServer, startServer } from '../../scripts/lib/embeddedServer.mjs';
import { installedExtensions, packageExtension } from '../../scripts/lib/packageExtension.mjs';
import { removeAtEnd } from '../../scripts/lib/processes.mjs';
import { inProject } from '../../scripts/lib/project.mjs';

export interface ServerSettings {
  readonly trustEverything: boolean;
  /** Beside Callboard: folders of test/fixtures/extensions. */
  readonly extensions?: readonly string[];
  /** User settings on top of those of scripts/lib/embeddedServer.mjs. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface WindowServer {
  /** User data, with the logs of its windows. */
  readonly dataFolder: string;
  url(options: { readonly folder: string | undefined }): string;
  /** The process that extensions run in of the window that was opened last, once it was told to start. */
  extensionHost(): Promise<number>;
}

const started = new Map<string, Promise<EmbeddedServer & { readonly logFile: string }>>();

/**
 * A server to open a window from. Windows that want the same share one: starting it takes as long as
 * many a test, and what a window keeps is kept in its browser and in its folder.
 *
 * @param name of the log, should it have to be started
 */
export async function serverFor(name: string, wanted: ServerSettings): Promise<WindowServer> {
  const key = JSON.stringify(wanted);
  const starting = started.get(key) ?? start(name, wanted);
  started.set(key, starting);
  // One that could not be started is no reason for the next not to be.
  starting.catch(() => started.delete(key));
  const { dataFolder, logFile, url } = await starting;
  const { size } = statSync(logFile);
  return { dataFolder, url, extensionHost: () => extensionHostSince(size, logFile) };
}

/** Ends the servers that windows were opened from. */
export async function closeServers(): Promise<void> {
  const all = [...started.values()];
  started.clear();
  for (const server of await Promise.allSettled(all)) {
    if (server.status === 'fulfilled') await server.value.stop();
  }
}

async function start(name: string, wanted: ServerSettings) {
  const install = await ensureEmbeddedHost();
  const { extensions = [] } = wanted;
  const installed = await installedExtensions(await vsix());
  const extensionsFolder = extensions.length ? await joined(installed, extensions) : installed;
  const logFile = inProject('out', 'e2e', `${name}.server.log`);
  return { ...(await startServer({ install, extensionsFolder, ...wanted, logFile })), logFile };
}

/** An extensions folder with further extensions. VS Code finds what lies in a folder without a list. */
async function joined(installed: string, names: readonly string[]): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-extensions-')));
  removeAtEnd(folder);
  cpSync(installed, folder, { recursive: true });
  rmSync(join(folder, 'extensions.json'));
  for (const options of testExtensionBuilds()) {
    const { absWorkingDir = '' } = options;
    const name = basename(absWorkingDir);
    if (!names.includes(name)) continue;
    const target = join(folder, `example.${name}-0.0.1`);
    await build({ ...options, outfile: join(target, 'dist', 'extension.js') });
    cpSync(join(absWorkingDir, 'package.json'), join(target, 'package.json'));
  }
  return folder;
}

let packed: Promise<string> | undefined;

/** `npm run test:e2e` has packed the extension already; a lone vitest run does it here. */
function vsix(): Promise<string> {
  packed ??= process.env.CALLBOARD_VSIX
    ? Promise.resolve(process.env.CALLBOARD_VSIX)
    : packageExtension();
  return packed;
}

/** The process that a log names last, after what was in it before; it is written a moment later. */
async function extensionHostSince(offset: number, logFile: string): Promise<number> {
  for (let attempt = 0; attempt < 450; attempt++) {
    const log = readFileSync(logFile).subarray(offset).toString();
    const pid = [...log.matchAll(/<(\d+)> Launched Extension Host Process/g)].at(-1)?.[1];
    if (pid !== undefined) return Number(pid);
    await sleep(100);
  }
  throw new Error(`No extension host was started, says ${logFile}`);
}
