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

/** Contents of the package as a folder: what VS Code would unpack. */
export const packageFolder = inProject('out', 'package');

/** What esbuild says about the bundles in `packageFolder`. */
const metafiles = inProject('out', 'package.metafiles.json');

/**
 * Builds the extension as it ships into `packageFolder`. Does nothing when that is up to date.
 *
 * @param {{ force?: boolean }} [options] `force` builds in any case
 * @returns {Promise<string>} hash of what it was made of
 */
export const buildPackage = options => withPackageLock(() => buildUnlocked(options));

/**
 * Bundles of the extension as it ships, which is built first if needed.
 *
 * @returns {Promise<import('esbuild').Metafile[]>} in the order of `productBuilds`
 */
export async function packageMetafiles() {
  await buildPackage();
  return JSON.parse(readFileSync(metafiles, 'utf8'));
}

/**
 * Builds the extension as it ships and packs it. Does nothing when the .vsix is up to date.
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
  // Sources that are generated are inputs, too.
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
    // vsce also leaves out files by rules of its own, unless they are listed in here.
    for (const file of [...(await shippedFiles()), '.vscodeignore']) {
      cpSync(inProject(file), join(packageFolder, file));
    }
    // With a repository, vsce has relative links lead there.
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

/** Whether package.json says where the source code is. */
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
      // The same content is the same file: all times in it are the first day that a zip can name.
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
 * The file that records what an output was made of. Missing while the output is being made.
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
 * An extensions folder for the embedded host that contains this .vsix and nothing else. It is named
 * after its content, so that a running window keeps the one it was opened with.
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
 * An extensions folder for the embedded host that contains `packageFolder` and nothing else, as a
 * .vsix of it would be unpacked. It is named after its content, so that a running window keeps the
 * one it was opened with.
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
