import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { cleanEnvironment } from './environment.mjs';
import { ensurePrefix, hostLog, installLocked } from './hostPrefix.mjs';
import { ensureNode, pathWithNode } from './nodeInstall.mjs';
import { removeFolder, run } from './processes.mjs';
import { inProject } from './project.mjs';

// code-server is a real VS Code (workbench and Node extension host) that npm can install. It needs the Node of its
// version: on an older one, the server starts and answers 500.
const source = inProject('test', 'support', 'hosts', 'codeServer');

/**
 * @typedef {object} EmbeddedInstall
 * @property {string} node the Node that runs the server
 * @property {string} entry the server's main module
 */

/** @param {string} [platform] @param {string} [arch] */
export const embeddedHostRunsHere = (platform = process.platform, arch = process.arch) =>
  platform === 'linux' && ['x64', 'arm64'].includes(arch);

/**
 * Returns the embedded host, installed first if needed.
 *
 * @returns {Promise<EmbeddedInstall>}
 */
export async function ensureEmbeddedHost() {
  if (!embeddedHostRunsHere()) {
    throw new StepFailure(
      `The embedded VS Code runs on Linux (x64, arm64) only, this is ${process.platform} ${process.arch}.`,
      { advice: 'Install VS Code with its `code` command on PATH: https://code.visualstudio.com.' },
    );
  }
  const node = await ensureNode();
  const prefix = await ensurePrefix({
    name: 'code-server',
    source,
    title: 'Installing an embedded VS Code (code-server, about 500 MB, once)',
    install: (folder, note) => installInto(folder, node, note),
  });
  return {
    node,
    entry: join(prefix, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  };
}

/**
 * @param {string} prefix
 * @param {string} node
 * @param {(text: string) => void} note
 */
async function installInto(prefix, node, note) {
  await installLocked({
    files: {
      'package.json': join(source, 'package.json'),
      'package-lock.json': join(source, 'package-lock.json'),
    },
    cwd: prefix,
    log: 'packages',
  });
  const modules = join(prefix, 'node_modules');
  const vscode = join(modules, 'code-server', 'lib', 'vscode');
  const env = {
    PATH: pathWithNode(node),
    // Headers of this Node: a nodedir in the user's settings would be for another version.
    npm_config_nodedir: dirname(dirname(node)),
  };
  // The shrinkwrap of code-server doesn't match its manifest, and its extensions have none.
  await installLocked({
    files: { 'npm-shrinkwrap.json': join(source, 'vscode-lock.json') },
    cwd: vscode,
    log: 'vscode',
    args: ['--omit=dev'],
    env,
  });
  await installLocked({
    files: { 'package-lock.json': join(source, 'extensions-lock.json') },
    cwd: join(vscode, 'extensions'),
    log: 'extensions',
    args: ['--omit=dev'],
    env,
  });
  const { code } = await run(
    'npm',
    [
      'rebuild',
      '--ignore-scripts=false',
      '--loglevel=error',
      '@vscode/spdlog',
      '@vscode/native-watchdog',
    ],
    { cwd: vscode, env: { ...cleanEnvironment(), ...env }, logFile: hostLog('rebuild') },
  );
  if (code !== 0)
    note('its optional native modules were not built (no compiler?); it works without');
  link(join(vscode, 'bin', 'remote-cli', 'code-server'), 'code-linux.sh');
  link(join(vscode, 'bin', 'helpers', 'browser.sh'), 'browser-linux.sh');
  const unneeded = [
    ...['@github', '@microsoft/mxc-sdk', '@devcontainers'].map(name =>
      join(vscode, 'node_modules', name),
    ),
    ...['copilot', 'mermaid-markdown-features'].map(name => join(vscode, 'extensions', name)),
  ];
  for (const folder of unneeded) removeFolder(folder);
  await check(node, join(modules, 'code-server', 'out', 'node', 'entry.js'), prefix);
}

/**
 * @param {string} node
 * @param {string} entry
 * @param {string} prefix
 */
async function check(node, entry, prefix) {
  // Without a configuration file, it would write one into the home folder.
  const config = join(prefix, 'config.yaml');
  writeFileSync(config, '{}\n');
  const logFile = hostLog('version');
  const { code } = await run(node, [entry, '--config', config, '--version'], {
    env: cleanEnvironment(),
    logFile,
  });
  if (code !== 0) {
    throw new StepFailure('The embedded VS Code was installed but does not run.', {
      advice: 'Its output above says why; a desktop VS Code works too (--host code).',
      logFile,
    });
  }
}

/**
 * @param {string} path
 * @param {string} target
 */
function link(path, target) {
  rmSync(path, { force: true });
  symlinkSync(target, path);
}
