import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment } from './environment.mjs';
import { StepFailure } from './failure.mjs';
import { start, stop } from './processes.mjs';
import { inProject } from './project.mjs';

/** @typedef {import('./webInstall.mjs').WebInstall} WebInstall */

/**
 * Serves the web workbench with an extension and a folder. Tests write only into memory.
 *
 * @param {object} options
 * @param {WebInstall} options.install
 * @param {string} options.extension folder of the extension
 * @param {string} options.folder what is opened, as `vscode-test-web://mount/`
 * @param {string} options.tests the bundle of tests that the extension host runs, which lies in the extension's folder
 * @param {string} options.logFile
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startWebServer({ install, extension, folder, tests, logFile }) {
  const port = await freePort();
  const options = {
    browserType: 'none',
    // By this name, because webviews and the extension host get origins below it.
    host: 'localhost',
    port,
    quality: 'stable',
    commit: install.commit,
    testRunnerDataDir: install.data,
    extensionDevelopmentPath: extension,
    extensionTestsPath: tests,
    folderPath: folder,
    printServerLog: true,
  };
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const child = start(
    process.execPath,
    [inProject('scripts', 'lib', 'webHost.mjs'), JSON.stringify({ entry: install.entry, options })],
    { cwd: inProject(), env: cleanEnvironment() },
  );
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const end = async () => {
    await stop(child);
    log.end();
  };
  const url = `http://localhost:${port}/`;
  try {
    await requireAnswer(url, child, logFile);
  } catch (error) {
    await end();
    throw error;
  }
  return { url, stop: end };
}

/** test-web requires an explicit port. */
function freePort() {
  return /** @type {Promise<number>} */ (
    new Promise((resolve, reject) => {
      const server = createServer();
      server.once('error', reject);
      server.listen(0, 'localhost', () => {
        const address = server.address();
        const port = typeof address === 'object' && address ? address.port : 0;
        server.close(() => resolve(port));
      });
    })
  );
}

/**
 * @param {string} url
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} logFile
 */
async function requireAnswer(url, child, logFile) {
  const latest = Date.now() + 180_000;
  while (Date.now() < latest && child.exitCode === null) {
    try {
      const { status } = await fetch(url);
      if (status === 200) return;
    } catch {
      // It isn't listening yet.
    }
    await sleep(100);
  }
  throw new StepFailure('The VS Code for the web did not start.', {
    advice: 'If its installation was damaged, remove the .host folder and run this again.',
    logFile,
  });
}
