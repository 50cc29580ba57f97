import { cpSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureBrowser, launchOptions } from '../../scripts/lib/browser.mjs';
import { inProject } from '../../scripts/lib/project.mjs';
import { removeAtEnd, removeFolder } from '../../scripts/lib/processes.mjs';
import { serverFor } from './windowServers';
import { PATIENCE, Workbench } from './workbench';

export const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  contrast: 'Default High Contrast',
} as const;

export type Theme = keyof typeof themes;

export interface OpenCallboardOptions {
  /**
   * What to open a copy of: a folder relative to the project's root. Without it and without `write`
   * the window has no folder.
   */
  readonly folder?: string;
  /** Writes what to open instead, into a folder that does not exist yet. */
  readonly write?: (folder: string) => void;
  /** Whether the folder is trusted from the start; otherwise the window is in Restricted Mode. */
  readonly trust?: 'trusted' | 'restricted';
  /** User settings on top of those of scripts/lib/embeddedServer.mjs. */
  readonly settings?: Record<string, unknown>;
  readonly theme?: Theme;
  /** Further extensions: folders of test/fixtures/extensions. */
  readonly extensions?: readonly string[];
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Sees the page before anything is loaded in it. */
  readonly watch?: (page: Page) => void;
}

export interface OpenedCallboard {
  readonly workbench: Workbench;
  /** The copy that is open: tests may write into it. Undefined without a folder. */
  readonly folder: string | undefined;
  /** The server's user data, with the logs of its windows. */
  readonly dataFolder: string;
  /** Kills the process that extensions run in, as a crash would. */
  killExtensionHost(): Promise<void>;
  /** Ends the window, and removes the copy. */
  close(): Promise<void>;
}

/**
 * Opens a window as a person would have it: the packed extension is installed in a real VS Code,
 * seen in a real browser that reaches nothing but this machine.
 *
 * @param name of the log
 */
export async function openCallboard(
  name: string,
  options: OpenCallboardOptions = {},
): Promise<OpenedCallboard> {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-e2e-')));
  removeAtEnd(temporary);
  let folder: string | undefined;
  if (options.folder) {
    const original = resolve(inProject(), options.folder);
    folder = join(temporary, basename(original));
    cpSync(original, folder, { recursive: true });
  } else if (options.write) {
    folder = join(temporary, 'organisation');
    options.write(folder);
  }
  const server = await serverFor(name, {
    trustEverything: options.trust !== 'restricted',
    extensions: options.extensions ?? [],
    settings: {
      'workbench.reduceMotion': 'on',
      'workbench.colorTheme': themes[options.theme ?? 'dark'],
      'git.enabled': false,
      'security.workspace.trust.startupPrompt': 'never',
      ...options.settings,
    },
  });
  const context = await (
    await testBrowser()
  ).newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const close = async (): Promise<void> => {
    await context.close();
    removeFolder(temporary);
  };
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    options.watch?.(page);
    await openWorkbench(page, server.url({ folder }));
    const killExtensionHost = async (): Promise<void> => {
      process.kill(await server.extensionHost(), 'SIGKILL');
    };
    return {
      workbench: new Workbench(page),
      folder,
      dataFolder: server.dataFolder,
      killExtensionHost,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Ends the browser that the windows of this process share. */
export async function closeBrowser(): Promise<void> {
  const opened = await browser;
  browser = undefined;
  await opened?.close();
}

let browser: Promise<Browser> | undefined;

/** The browser that the tests of a process share. */
export function testBrowser(): Promise<Browser> {
  browser ??= ensureBrowser().then(executable => chromium.launch(launchOptions(executable)));
  return browser;
}

/** Opens a window, and waits until VS Code has restored it and knows the commands of Callboard. */
export async function openWorkbench(page: Page, url: string): Promise<void> {
  mkdirSync(inProject('out', 'e2e'), { recursive: true });
  await page.goto(url, { waitUntil: 'commit', timeout: 120_000 });
  await new Workbench(page).untilRestored();
}
