import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { ensureBrowser, launchOptions } from '../../scripts/lib/browser.mjs';
import { removeAtEnd, removeFolder } from '../../scripts/lib/processes.mjs';
import { inProject } from '../../scripts/lib/project.mjs';
import { aDescriptor } from './descriptors';
import { serverFor } from './windowServers';
import { PATIENCE, Workbench } from './workbench';

export const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  contrast: 'Default High Contrast',
} as const;

export type Theme = keyof typeof themes;

/** Content of a window. */
export interface WindowContent {
  /**
   * Folder to open a copy of, relative to the project's root. Without it and without `write`, the window has no folder.
   */
  readonly folder?: string;
  /** Writes the content to open instead, into a new folder. */
  readonly write?: (folder: string) => void;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface OpenCallboardOptions extends WindowContent {
  /** Whether the folder is trusted at the start; otherwise, the window is in Restricted Mode. */
  readonly trust?: 'trusted' | 'restricted';
  /** User settings on top of those of scripts/lib/embeddedServer.mjs. */
  readonly settings?: Record<string, unknown>;
  readonly theme?: Theme;
  /** Further extensions: folders of test/fixtures/extensions, and paths of .vsix files. */
  readonly extensions?: readonly string[];
  /** Called with the page before it is loaded. The logs of the server then contain only this window. */
  readonly watch?: (page: Page) => void;
}

export interface OpenedCallboard {
  readonly workbench: Workbench;
  /** The opened copy, which tests may change. Undefined without a folder. */
  readonly folder: string | undefined;
  /** The server's user data, with the logs of its windows. */
  readonly dataFolder: string;
  /** Closes all editors, and replaces the content of the window. Filters and groupings of views stay. */
  startAfresh(content: WindowContent): Promise<void>;
  /** Kills the extension host, as a crash would. */
  killExtensionHost(): Promise<void>;
  /** Closes the window, and removes the copy. */
  close(): Promise<void>;
}

/** Number of open windows. The first one starts with empty storage. */
let openWindows = 0;

/**
 * Opens a window as for a user: the packed extension in a real VS Code, in a real browser that can reach
 * only this machine.
 *
 * @param name - name of the log
 */
export async function openCallboard(
  name: string,
  options: OpenCallboardOptions = {},
): Promise<OpenedCallboard> {
  const { trust, theme = 'dark', extensions, watch } = options;
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-e2e-')));
  removeAtEnd(temporary);
  const folder = options.folder || options.write ? join(temporary, 'organization') : undefined;
  if (folder !== undefined) cpSync(sourceOf(options, temporary), folder, { recursive: true });
  const server = await serverFor(name, { extensions, isAlone: watch !== undefined });
  server.writeSettings({
    'workbench.reduceMotion': 'on',
    'workbench.colorTheme': themes[theme],
    // A file opens at its beginning, independent of earlier tests.
    'workbench.editor.restoreViewState': false,
    'git.enabled': false,
    'security.workspace.trust.enabled': trust === 'restricted',
    'security.workspace.trust.startupPrompt': 'never',
    ...options.settings,
  });
  const context = await testContext();
  const page = await context.newPage();
  if (openWindows++ === 0) await clearStorage(page, server.origin);
  const pages = [page];
  page.on('popup', popup => pages.push(popup));
  const close = async (): Promise<void> => {
    for (const each of pages) await each.close();
    openWindows--;
    removeFolder(temporary);
  };
  try {
    page.setDefaultTimeout(PATIENCE);
    await page.setViewportSize(options.viewport ?? VIEWPORT);
    watch?.(page);
    await openWorkbench(page, server.url({ folder }));
    const workbench = new Workbench(page);
    return {
      workbench,
      folder,
      dataFolder: server.dataFolder,
      async startAfresh(content) {
        await page.setViewportSize(content.viewport ?? VIEWPORT);
        await workbench.closeAll();
        if (folder !== undefined && replaceContent(folder, sourceOf(content, temporary))) {
          await untilApplied(workbench, folder);
        }
      },
      killExtensionHost: server.killExtensionHost,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const VIEWPORT = { width: 1280, height: 800 };

/** Returns the folder to copy for a window. */
function sourceOf({ folder, write }: WindowContent, temporary: string): string {
  if (folder) return resolve(inProject(), folder);
  const written = mkdtempSync(join(temporary, 'written-'));
  write?.(written);
  return written;
}

/** Clears the storage of windows, such as searches and stars. */
async function clearStorage(page: Page, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const storageTypes = 'indexeddb,local_storage';
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
  await session.detach();
}

/** Replaces the top-level entries of a folder that differ. @returns whether any did */
function replaceContent(folder: string, source: string): boolean {
  const names = new Set([...readdirSync(folder), ...readdirSync(source)]);
  const different = [...names].filter(
    name => textOf(join(folder, name)) !== textOf(join(source, name)),
  );
  for (const name of different) {
    rmSync(join(folder, name), { recursive: true, force: true });
    if (existsSync(join(source, name))) {
      cpSync(join(source, name), join(folder, name), { recursive: true });
    }
  }
  return different.length > 0;
}

/** Returns the contents of a file or a folder, for comparison. */
function textOf(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  if (!statSync(path).isDirectory()) return readFileSync(path, 'latin1');
  return JSON.stringify(readdirSync(path).map(name => [name, textOf(join(path, name))]));
}

/** Waits until the catalog has all changes of the disk. It applies changes in order, so the last one is enough. */
async function untilApplied(workbench: Workbench, folder: string): Promise<void> {
  const file = join(folder, 'last-change.yaml');
  const rows = workbench.view('Catalog').getByRole('treeitem', { name: /^AI Resources, / });
  const [shown = ''] = await rows.evaluateAll(all => all.map(({ ariaLabel }) => ariaLabel ?? ''));
  const count = Number(/\d+/.exec(shown)?.[0] ?? 0) + 1;
  const row = rows.and(workbench.treeItem(new RegExp(`^AI Resources, ${count} entit`)));
  writeFileSync(file, aDescriptor('airesource:last-change'));
  await row.waitFor();
  rmSync(file);
  await row.waitFor({ state: 'detached' });
}

let browser: Promise<Browser> | undefined;

/** Returns the browser that the tests of a process share. It ends with the process. */
export function testBrowser(): Promise<Browser> {
  browser ??= ensureBrowser().then(executable => chromium.launch(launchOptions(executable)));
  return browser;
}

let context: Promise<BrowserContext> | undefined;

/**
 * Returns the context of pages that are served by this machine. They share a process, which an empty page keeps alive,
 * so that a script is compiled once for all of them.
 */
export function testContext(): Promise<BrowserContext> {
  return (context ??= openContext());
}

async function openContext(): Promise<BrowserContext> {
  const browser = await testBrowser();
  const opened = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const empty = await opened.newPage();
  await empty.route('**', route => route.fulfill({ contentType: 'text/html', body: '' }));
  await empty.goto('http://127.0.0.1/');
  return opened;
}

/** Opens a window, and waits until VS Code has restored it and knows the commands of Callboard. */
export async function openWorkbench(page: Page, url: string): Promise<void> {
  mkdirSync(inProject('out', 'e2e'), { recursive: true });
  await page.goto(url, { waitUntil: 'commit', timeout: 120_000 });
  await new Workbench(page).untilRestored();
}
