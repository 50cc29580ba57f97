import { appendFileSync } from 'node:fs';
import { format } from 'node:util';
import { ensureBrowser, launchOptions } from './browser.mjs';

/** One browser for all windows of a run. */
export async function openTestBrowser() {
  const executablePath = await ensureBrowser();
  // Not a static import, because the dependency may have been installed just now.
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    ...launchOptions(executablePath),
    // This process handles Ctrl-C. playwright still ends the browser when the process exits.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Maximum time without log output of a working window, in milliseconds. */
const SILENCE = 900_000;

/**
 * Opens a window that runs tests in its extension host, and waits until they end.
 *
 * @param {object} options
 * @param {import('playwright-core').Browser} options.browser
 * @param {string} options.url
 * @param {string} options.logFile of the window
 * @param {string} options.screenshot where to put a picture if it goes wrong
 * @param {(line: string) => void} [options.onLine] told each line of the log
 * @param {(context: import('playwright-core').BrowserContext) => Promise<void>} [options.prepare]
 * @returns {Promise<{ code: number, refused: string[] }>} the exit code, which is not to be trusted
 *   without results (-1: nothing logged for fifteen minutes), and addresses of other machines that the window
 *   wanted
 */
export async function runTestWindow({ browser, url, logFile, screenshot, onLine, prepare }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  /** @type {string[]} */
  const refused = [];
  try {
    context.on('request', request => {
      if (!isLoopback(new URL(request.url()))) refused.push(request.url());
    });
    await prepare?.(context);
    const page = await context.newPage();
    let heardAt = performance.now();
    /** @type {Promise<number>} */
    const exited = new Promise(resolve => {
      void page.exposeFunction(
        'codeAutomationLog',
        (/** @type {string} */ type, /** @type {unknown[]} */ words) => {
          heardAt = performance.now();
          const line = format(...words);
          appendFileSync(logFile, `[${type}] ${line}\n`);
          onLine?.(line);
        },
      );
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    await page.goto(url, { waitUntil: 'commit', timeout: 120_000 });
    let timer;
    const timeout = new Promise(resolve => {
      timer = setInterval(() => performance.now() - heardAt > SILENCE && resolve(-1), 1000);
    });
    const code = await Promise.race([exited, timeout]);
    clearInterval(timer);
    // A screenshot helps to diagnose. Failing to take one must not hide the error.
    if (code !== 0) await page.screenshot({ path: screenshot }).catch(() => {});
    return { code, refused };
  } finally {
    await context.close();
  }
}

/**
 * Names below localhost are this machine, too: webviews have their own origins there. URLs without a host (`data:`,
 * `blob:`) send no request.
 *
 * @param {URL} address
 */
const isLoopback = ({ hostname }) =>
  hostname === '' || hostname === '127.0.0.1' || /(^|\.)localhost$/.test(hostname);
