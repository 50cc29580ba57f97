import { createServer, type Server } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { test as base } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import type { PortalPage } from '../../../src/api';
import type { RenamedEntity } from '../../../src/features/backstage/plugin';
import { portalHtml } from '../../../src/features/portal/vscode/panels/portalHtml';
import { testContext, type Theme } from '../../support/openCallboard';
import { builtWebviews } from './builtWebviews';
import { themeAddress, themeClasses, themeStyles } from './themes';

export interface OpenPortalOptions {
  readonly page: PortalPage;
  /** By path below the workspace folder `/work`; default: the demo. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files of a Backstage source, by path, and its entities with another name here. */
  readonly source?: {
    readonly files: Readonly<Record<string, string>>;
    readonly renamed?: readonly RenamedEntity[];
    /** Whether its last fetch failed. */
    readonly isOld?: boolean;
  };
  /** Full ref of the user behind "me". */
  readonly user?: string;
  readonly theme?: Theme;
  /** Hosts that images may be loaded from. */
  readonly pictureHosts?: readonly string[];
  /** Docs that the Backstage `acme` serves, by full ref and path. */
  readonly served?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether another extension's plugin adds the cards of `hostileCards.ts`. */
  readonly isHostile?: boolean;
  /** Translations of the texts; default: none, so that they are English. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Whether a plugin adds the cards and the column of `figureCards.ts`. */
  readonly hasFigures?: boolean;
  /** Whether keys without modifiers are shortcuts; default: true. */
  readonly singleKeys?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface OpenedPortal {
  readonly page: Page;
  /** Requests from the page to the editor. */
  calls(): Promise<readonly { readonly method: string; readonly params: unknown }[]>;
  write(path: string, text: string): Promise<void>;
}

/** A component test: the portal's app in a browser, with a host of the real engines. */
export const test = base.extend<{
  open: (options: OpenPortalOptions) => Promise<OpenedPortal>;
}>({
  open: async ({ task }, use) => {
    const context = await testContext();
    const opened: Page[] = [];
    await use(async options => {
      const { page, theme = 'dark', viewport = { width: 1200, height: 800 } } = options;
      const url = await addressOf({
        page,
        files: options.files ?? demoFiles(),
        theme,
        user: options.user,
        source: options.source,
        pictureHosts: options.pictureHosts ?? [],
        served: options.served ?? {},
        isHostile: options.isHostile ?? false,
        singleKeys: options.singleKeys ?? true,
        texts: options.texts ?? {},
        hasFigures: options.hasFigures ?? false,
      });
      const tab = await context.newPage();
      opened.push(tab);
      await tab.setViewportSize(viewport);
      tab.on('pageerror', error => console.log(`In the page: ${error.stack ?? error.message}`));
      tab.on('console', message => {
        if (message.type() === 'error') console.log(`In the page: ${message.text()}`);
      });
      await tab.goto(url);
      return {
        page: tab,
        calls: () => tab.evaluate(() => window.fakeHost.calls),
        write: (path, text) =>
          tab.evaluate(([to, what]) => window.fakeHost.write(to, what), [
            `/work/${path}`,
            text,
          ] as const),
      };
    });
    for (const [index, tab] of opened.entries()) {
      if (task.result?.state === 'fail') {
        const name = task.name.replace(/[^\w-]+/g, '-').slice(0, 80);
        const path = inProject('out', 'component', `${name}-${index + 1}.png`);
        await tab.screenshot({ path });
        console.log(`The page when the test failed: ${path}`);
      }
      await tab.close();
    }
  },
});

/** Waits until nothing loads in a page, and nothing in it has changed for half a second. */
export function settled(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>(resolve => {
        let timer: number | undefined;
        const observer = new MutationObserver(wait);
        observer.observe(document, {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        });
        wait();

        function wait(): void {
          clearTimeout(timer);
          timer = window.setTimeout(end, 500);
        }

        function end(): void {
          if (document.querySelector('.state-loading, .skeleton')) return wait();
          observer.disconnect();
          resolve();
        }
      }),
  );
}

/** The files of `demo/`, by relative path. */
export function demoFiles(): Readonly<Record<string, string>> {
  return filesBelow(inProject('demo'));
}

export function filesBelow(folder: string): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length + 1)] = readFileSync(path, 'utf8');
  }
  return files;
}

interface Site {
  readonly page: PortalPage;
  readonly files: Readonly<Record<string, string>>;
  readonly theme: Theme;
  readonly user: string | undefined;
  readonly source: OpenPortalOptions['source'];
  readonly pictureHosts: readonly string[];
  readonly served: NonNullable<OpenPortalOptions['served']>;
  readonly isHostile: boolean;
  readonly singleKeys: boolean;
  readonly texts: Readonly<Record<string, string>>;
  readonly hasFigures: boolean;
}

let server: Promise<string> | undefined;
const sites: Site[] = [];

async function addressOf(site: Site): Promise<string> {
  return `${await (server ??= startServer())}/site/${sites.push(site) - 1}/`;
}

const contentTypes: Readonly<Record<string, string>> = {
  '': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/**
 * Starts a server of sites, each below its own path, and of their shared files. It ends with the
 * process.
 */
async function startServer(): Promise<string> {
  const files = await builtFiles();
  const server = createServer((request, response) => {
    const url = request.url?.split('?')[0] ?? '';
    const [, number, rest = ''] = /^\/site\/(\d+)\/(.*)$/.exec(url) ?? [];
    const found = number === undefined ? undefined : sites[Number(number)];
    const content = found ? contentOf(rest, found) : files.get(url.slice(SHARED.length));
    if (content === undefined) response.writeHead(404).end();
    else {
      const type = contentTypes[extname(url)] ?? 'application/octet-stream';
      const headers = { 'content-type': type, ...(!found && { 'cache-control': 'max-age=3600' }) };
      response.writeHead(200, headers).end(content);
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${portOf(server)}`;
}

/** The path of the files that all pages share. */
const SHARED = '/shared/';

function portOf(site: Server): number {
  const address = site.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}

/**
 * The page as the extension renders it, with its policy, and with the host and a theme before it.
 */
function htmlOf(site: Site): string {
  const { page, theme, pictureHosts, texts } = site;
  const nonce = 'test';
  const start = { page, singleKeys: site.singleKeys, texts, locale: 'en' };
  const html = portalHtml({
    cspSource: `'self'`,
    nonce,
    urlOf: name => `${SHARED}${name}`,
    start,
    pictureHosts,
  });
  const before = ['files.js', `${SHARED}host.js`].map(
    name => `<script nonce="${nonce}" src="${name}"></script>`,
  );
  return html
    .replace(
      '<title>',
      `<link rel="stylesheet" href="${themeAddress(theme)}">${before.join('')}<title>`,
    )
    .replace('<body ', `<body class="${themeClasses[theme]}" `);
}

/** Returns a page's own file, by its name below the page. */
function contentOf(name: string, site: Site): string | undefined {
  if (name === '') return htmlOf(site);
  const { files, user, source, pictureHosts, served, isHostile, hasFigures } = site;
  const display = { locale: 'en', texts: site.texts };
  const shown = (Object.keys(themeClasses) as Theme[]).find(one => themeAddress(one) === name);
  if (shown) return themeStyles(shown);
  if (name !== 'files.js') return undefined;
  const paths = Object.entries(files).map(([path, text]) => [`/work/${path}`, text]);
  const texts = JSON.stringify(Object.fromEntries(paths));
  return `window.fakeDisplay = ${JSON.stringify(display)}; window.fakeFiles = ${texts}; window.fakeUser = ${JSON.stringify(user)}; window.fakeSource = ${JSON.stringify(source)}; window.fakePictureHosts = ${JSON.stringify(pictureHosts)}; window.fakeServed = ${JSON.stringify(served)}; window.isHostile = ${isHostile}; window.hasFigures = ${hasFigures};`;
}

let built: Promise<ReadonlyMap<string, Uint8Array>> | undefined;

/** The webviews as shipped, and the host; built once for all tests. */
function builtFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  return (built ??= buildAll());
}

async function buildAll(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map(await builtWebviews());
  const host = await build({
    absWorkingDir: inProject(),
    entryPoints: ['test/component/support/fakeHost.ts'],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    mainFields: ['browser', 'module', 'main'],
    define: { process: 'undefined', 'process.env.NODE_ENV': '"production"' },
    // isbinaryfile imports file modules, which browsers don't have, as in the product.
    alias: { fs: inProject('scripts/lib/noFiles.mjs'), util: inProject('scripts/lib/noFiles.mjs') },
    inject: ['src/platform/vscode/web/buffer.ts'],
    logLevel: 'warning',
  });
  const [script] = host.outputFiles;
  if (script) files.set('host.js', script.contents);
  return files;
}
