import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureEmbeddedHost } from './embeddedInstall.mjs';
import { installExtension } from './embeddedServer.mjs';
import { StepFailure } from './failure.mjs';
import { hostFolder } from './hostPrefix.mjs';
import { inProject } from './project.mjs';
import { removeFolder, runNode } from './processes.mjs';
import { step } from './steps.mjs';
import { fileListProblems, readZip, vsixPath } from './vsix.mjs';

/**
 * Builds the extension as it ships and packs it.
 *
 * @returns {Promise<string>} path of the .vsix
 */
export async function packageExtension() {
  const vsix = inProject(...vsixPath);
  await step('Building and packing the extension', async note => {
    mkdirSync(dirname(vsix), { recursive: true });
    const logFile = inProject('out', 'logs', 'package.log');
    const built = await runNode(inProject('scripts', 'build.mjs'), ['--production'], {
      cwd: inProject(),
      logFile,
    });
    if (built.code !== 0) {
      throw new StepFailure('The build failed.', {
        advice: 'The errors above name the file and the line.',
        logFile,
      });
    }
    const packed = await runNode(
      inProject('node_modules', '@vscode', 'vsce', 'vsce'),
      [
        'package',
        // Everything is bundled.
        '--no-dependencies',
        '--allow-missing-repository',
        '--no-rewrite-relative-links',
        '--out',
        vsix,
      ],
      { cwd: inProject(), logFile },
    );
    if (packed.code !== 0) {
      throw new StepFailure('The extension could not be packed.', {
        advice: 'The message of vsce above says why.',
        logFile,
      });
    }
    const problems = fileListProblems([...readZip(vsix).keys()]);
    if (problems.length) {
      throw new StepFailure(`The package is not what it should be: ${problems.join(' ')}`, {
        advice: 'Adapt .vscodeignore, or the list in scripts/lib/vsix.mjs.',
      });
    }
    note(`${vsix} (${Math.ceil(statSync(vsix).size / 1024)} kB)`);
  });
  return vsix;
}

/**
 * An extensions folder for the embedded host that contains this .vsix and nothing else. It is named
 * after its content, so that a running window keeps the one it was opened with.
 *
 * @param {string} vsix
 * @returns {Promise<string>}
 */
export async function installedExtensions(vsix) {
  const install = await ensureEmbeddedHost();
  const hash = createHash('sha256').update(readFileSync(vsix)).digest('hex').slice(0, 16);
  const folder = join(hostFolder(), 'extensions', hash);
  // VS Code writes this list last.
  if (existsSync(join(folder, 'extensions.json'))) return folder;
  await step('Installing the extension into the embedded VS Code', async () => {
    removeFolder(folder);
    mkdirSync(folder, { recursive: true });
    await installExtension({
      install,
      vsix,
      extensionsFolder: folder,
      logFile: inProject('out', 'logs', 'install-extension.log'),
    });
  });
  return folder;
}
