import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findOnPath } from './browser.mjs';

/**
 * @typedef {object} DesktopCode
 * @property {string} cli the `code` command
 * @property {string} executable the program behind it: started directly it stays our child, so that
 *   it ends with us, and its end is noticed
 */

/**
 * Finds a desktop VS Code on PATH.
 *
 * @param {import('./browser.mjs').Machine & { realpath: (path: string) => string }} [machine]
 * @returns {DesktopCode | undefined}
 */
export function findDesktopCode(
  machine = {
    platform: process.platform,
    env: process.env,
    exists: existsSync,
    realpath: realpathSync,
  },
) {
  const cli = findOnPath('code', machine);
  // In the terminal of a remote window, `code` sends commands to that window. It isn't a VS Code.
  if (!cli || cli.replaceAll('\\', '/').includes('/remote-cli/')) return undefined;
  const executable = executablesFor(cli, machine).find(machine.exists);
  return executable && executable !== cli ? { cli, executable } : undefined;
}

/**
 * @param {string} cli
 * @param {{ platform: string, realpath: (path: string) => string }} machine
 */
function executablesFor(cli, { platform, realpath }) {
  if (platform === 'win32') return [join(dirname(cli), '..', 'Code.exe')];
  // snap links every command to its own launcher.
  if (cli.startsWith('/snap/')) return ['/snap/code/current/usr/share/code/code'];
  const real = realpath(cli);
  if (platform === 'darwin') {
    // …/Visual Studio Code.app/Contents/Resources/app/bin/code
    const contents = join(dirname(real), '..', '..', '..');
    return ['Code', 'Electron'].map(name => join(contents, 'MacOS', name));
  }
  return [join(dirname(real), '..', 'code')];
}
