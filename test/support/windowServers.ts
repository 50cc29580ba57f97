import {
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { testExtensionBuilds } from '../../scripts/lib/bundles.mjs';
import { type EmbeddedInstall, ensureEmbeddedHost } from '../../scripts/lib/embeddedInstall.mjs';
import {
  defaultSettings,
  type EmbeddedServer,
  installExtension,
  startServer,
} from '../../scripts/lib/embeddedServer.mjs';
import { installedExtensions, packageExtension } from '../../scripts/lib/packageExtension.mjs';
import { removeAtEnd } from '../../scripts/lib/processes.mjs';
import { inProject } from '../../scripts/lib/project.mjs';
import { KEY_BINDINGS } from './workbench';

export interface ServerOptions {
  /** Extensions beside Callboard: folders of test/fixtures/extensions, and paths of .vsix files. */
  readonly extensions?: readonly string[];
  /** Whether the server has only this window, and its logs. */
  readonly isAlone?: boolean;
}

export interface WindowServer {
  readonly origin: string;
  /** User data, with the logs of its windows. */
  readonly dataFolder: string;
  url(options: { readonly folder: string | undefined }): string;
  /** Writes the user settings of windows to come, on top of those of scripts/lib/embeddedServer.mjs. */
  writeSettings(settings: Readonly<Record<string, unknown>>): void;
  /** Waits for the extension host of the window that was opened or loaded since the last call. @returns its process id */
  nextExtensionHost(): Promise<number>;
  /** Waits for the extension host of the window that was opened or loaded last, and kills it. */
  killExtensionHost(): Promise<void>;
}

const started = new Map<string, Promise<EmbeddedServer & { readonly logFile: string }>>();

/**
 * Returns the server of windows. Windows share it, because it starts slowly; it ends with the process.
 *
 * @param name - name of its log, if it has to be started
 */
export async function serverFor(
  name: string,
  { extensions = [], isAlone = false }: ServerOptions,
): Promise<WindowServer> {
  const key = JSON.stringify([extensions, isAlone && name]);
  const starting = started.get(key) ?? start(name, extensions);
  started.set(key, starting);
  // A failed start must not prevent the next one.
  starting.catch(() => started.delete(key));
  const { authority, dataFolder, logFile, url } = await starting;
  let { size } = statSync(logFile);
  const nextExtensionHost = async (): Promise<number> => {
    const pid = await extensionHostSince(size, logFile);
    ({ size } = statSync(logFile));
    return pid;
  };
  return {
    origin: `http://${authority}`,
    dataFolder,
    url,
    writeSettings: settings =>
      writeFileSync(
        join(dataFolder, 'User', 'settings.json'),
        JSON.stringify({ ...defaultSettings, ...settings }, undefined, 2),
      ),
    nextExtensionHost,
    async killExtensionHost() {
      process.kill(await nextExtensionHost(), 'SIGKILL');
    },
  };
}

async function start(name: string, extensions: readonly string[]) {
  const install = await ensureEmbeddedHost();
  const installed = await installedExtensions(await vsix());
  const extensionsFolder = extensions.length
    ? await joined(installed, { install, names: extensions })
    : installed;
  const logFile = inProject('out', 'e2e', `${name}.server.log`);
  const server = await startServer({ install, extensionsFolder, logFile });
  const keys = join(server.dataFolder, 'User', 'keybindings.json');
  writeFileSync(keys, JSON.stringify(KEY_BINDINGS));
  return { ...server, logFile };
}

/** Returns an extensions folder with additional extensions. VS Code finds extensions in a folder without a list. */
async function joined(
  installed: string,
  { install, names }: { readonly install: EmbeddedInstall; readonly names: readonly string[] },
): Promise<string> {
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
  for (const vsix of names.filter(name => name.endsWith('.vsix'))) {
    const logFile = inProject('out', 'logs', 'install-plugin.log');
    await installExtension({ install, vsix, extensionsFolder: folder, logFile });
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

/** Waits until a log names another process after its earlier content. @returns the last id */
async function extensionHostSince(offset: number, logFile: string): Promise<number> {
  for (let attempt = 0; attempt < 450; attempt++) {
    const log = readFileSync(logFile).subarray(offset).toString();
    const pid = [...log.matchAll(/<(\d+)> Launched Extension Host Process/g)].at(-1)?.[1];
    if (pid !== undefined) return Number(pid);
    await sleep(100);
  }
  throw new Error(`No extension host was started, says ${logFile}`);
}
