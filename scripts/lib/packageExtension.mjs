import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ensureEmbeddedHost } from './embeddedInstall.mjs';
import { installExtension } from './embeddedServer.mjs';
import { StepFailure } from './failure.mjs';
import { generateSources } from './generated.mjs';
import { hostFolder } from './hostPrefix.mjs';
import { withLock } from './lock.mjs';
import { inProject } from './project.mjs';
import { removeFolder, runNode } from './processes.mjs';
import { filesBelow, hashFiles, hashInputs, shippedFiles } from './shippedFiles.mjs';
import { step } from './steps.mjs';
import { fileListProblems, readZip, vsixPath, withoutRelativeLinks } from './vsix.mjs';

/** Contents of the package as a folder, as VS Code unpacks it. */
export const packageFolder = inProject('out', 'package');

/** esbuild's metadata of the bundles in `packageFolder`. */
const metafiles = inProject('out', 'package.metafiles.json');

/**
 * Builds the shipped extension into `packageFolder`. Does nothing if it is up to date.
 *
 * @param {{ force?: boolean }} [options] `force` builds in any case
 * @returns {Promise<string>} hash of what it was made of
 */
export const buildPackage = options => withPackageLock(() => buildUnlocked(options));

/**
 * Returns the shipped bundles of the extension, built first if needed.
 *
 * @returns {Promise<import('esbuild').Metafile[]>} in the order of `productBuilds`
 */
export async function packageMetafiles() {
  await buildPackage();
  return JSON.parse(readFileSync(metafiles, 'utf8'));
}

/**
 * Builds the shipped extension and packs it. Does nothing if the .vsix is up to date.
 *
 * @param {{ force?: boolean }} [options] `force` builds and packs in any case
 * @returns {Promise<string>} path of the .vsix
 */
export function packageExtension(options = {}) {
  return withPackageLock(async () => {
    const vsix = inProject(...vsixPath);
    const record = recordOf(vsix);
    const inputs = await buildUnlocked(options);
    if (!options.force && record.read() === `${inputs} ${hashFile(vsix)}`) return vsix;
    record.remove();
    await step('Packing the extension', async note => {
      await pack(vsix);
      if (!hasRepository()) {
        note(
          'warning: "repository" in package.json is empty: links of the README are packed as text, and marketplaces show no images',
        );
      }
      note(`${vsix} (${Math.ceil(statSync(vsix).size / 1024)} kB)`);
    });
    record.write(`${inputs} ${hashFile(vsix)}`);
    return vsix;
  });
}

/** @param {{ force?: boolean }} [options] */
async function buildUnlocked({ force } = {}) {
  // Generated sources are inputs, too.
  await generateSources();
  const inputs = hashInputs();
  const record = recordOf(packageFolder);
  const isCurrent = () => record.read() === `${inputs} ${hashFolder(packageFolder)}`;
  if (!force && existsSync(metafiles) && isCurrent()) return inputs;
  record.remove();
  await step('Building the extension', async () => {
    const logFile = inProject('out', 'logs', 'package.log');
    const script = inProject('scripts', 'build.mjs');
    const { code } = await runNode(script, ['--metafiles', metafiles], {
      cwd: inProject(),
      logFile,
    });
    if (code !== 0) {
      throw new StepFailure('The build failed.', {
        advice: 'The errors above name the file and the line.',
        logFile,
      });
    }
    removeFolder(packageFolder);
    // vsce also excludes files by its own rules unless they are listed here.
    for (const file of [...(await shippedFiles()), '.vscodeignore']) {
      cpSync(inProject(file), join(packageFolder, file));
    }
    // With a repository, vsce resolves relative links to it.
    if (!hasRepository()) {
      for (const page of ['README.md', 'CHANGELOG.md']) {
        const text = readFileSync(inProject(page), 'utf8');
        writeFileSync(join(packageFolder, page), withoutRelativeLinks(text));
      }
    }
  });
  record.write(`${inputs} ${hashFolder(packageFolder)}`);
  return inputs;
}

/** Whether package.json names the repository. */
function hasRepository() {
  return Boolean(JSON.parse(readFileSync(inProject('package.json'), 'utf8')).repository);
}

/** @param {string} vsix */
async function pack(vsix) {
  const logFile = inProject('out', 'logs', 'vsce.log');
  const { code } = await runNode(
    inProject('node_modules', '@vscode', 'vsce', 'vsce'),
    [
      'package',
      // Everything is bundled.
      '--no-dependencies',
      ...(hasRepository() ? [] : ['--allow-missing-repository', '--no-rewrite-relative-links']),
      '--out',
      vsix,
    ],
    {
      cwd: packageFolder,
      logFile,
      // Equal contents make equal files: all times are the first day that a zip can represent.
      env: { ...process.env, SOURCE_DATE_EPOCH: '315619200' },
    },
  );
  if (code !== 0) {
    throw new StepFailure('The extension could not be packed.', {
      advice: 'The message of vsce above says why.',
      logFile,
    });
  }
  const problems = fileListProblems([...(await readZip(vsix)).keys()]);
  if (problems.length) {
    throw new StepFailure(`The package is not what it should be: ${problems.join(' ')}`, {
      advice: 'Adapt .vscodeignore, or the list in scripts/lib/vsix.mjs.',
    });
  }
}

/**
 * @template T
 * @param {() => Promise<T>} work
 */
const withPackageLock = work => withLock(inProject('out', 'package.lock'), work);

/**
 * The file that records the inputs of an output. Missing while the output is being created.
 *
 * @param {string} output
 */
function recordOf(output) {
  const file = `${output}.hash`;
  return {
    read: () => (existsSync(file) ? readFileSync(file, 'utf8') : undefined),
    write: (/** @type {string} */ text) => writeFileSync(file, text),
    remove: () => rmSync(file, { force: true }),
  };
}

/** @param {string} folder */
const hashFolder = folder => hashFiles(folder, filesBelow(folder));

/** @param {string} file */
const hashFile = file => hashFiles(dirname(file), [basename(file)]);

/**
 * Returns an extensions folder for the embedded host with only this .vsix. It is named after its content, so that a
 * running window keeps its own.
 *
 * @param {string} vsix
 * @returns {Promise<string>}
 */
export async function installedExtensions(vsix) {
  const install = await ensureEmbeddedHost();
  const folder = join(hostFolder(), 'extensions', hashFile(vsix).slice(0, 16));
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

/**
 * Returns an extensions folder for the embedded host with only `packageFolder`, as an unpacked .vsix. It is named after
 * its content, so that a running window keeps its own.
 *
 * @returns {string}
 */
export function unpackedExtensions() {
  const folder = join(hostFolder(), 'extensions', hashFolder(packageFolder).slice(0, 16));
  const list = join(folder, 'extensions.json');
  if (existsSync(list)) return folder;
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const id = `${manifest.publisher}.${manifest.name}`;
  const relativeLocation = `${id}-${manifest.version}`;
  const path = join(folder, relativeLocation);
  removeFolder(folder);
  cpSync(packageFolder, path, { recursive: true });
  const location = { $mid: 1, path, scheme: 'file' };
  writeFileSync(
    list,
    JSON.stringify([
      { identifier: { id }, version: manifest.version, location, relativeLocation, metadata: {} },
    ]),
  );
  return folder;
}
