import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { childUri, errorMessage } from '../../../base';
import { exitCodes, FailedError, type RunCommand, UsageError } from '../../../cli/command';
import { countProblems, plural } from '../../../cli/output/problems';
import { printable } from '../../../cli/output/style';
import { pathsRelativeTo } from '../../../cli/paths';
import { fileReason } from '../../../platform/core/files';
import { PicomatchGlob, StepMeter } from '../../../platform/core/globs';
import type { FileSystem } from '../../../platform/core/ports';
import { fileUriToPath, pathToFileUri } from '../../../platform/node';
import { pluginFolder, problemsText } from './pluginCheck';
import { readPluginManifest } from './pluginManifest';
import { packVsix } from './vsixArchive';

/** The maximum size of all packed files, in bytes. */
const MAX_SIZE = 100_000_000;

/** Folders that are never packed. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', '.vscode-test', 'node_modules']);

/** Files that are left out unless a pattern keeps them, as vsce does. */
const IGNORED: readonly string[] = [
  '.vscodeignore',
  '.github/**',
  '.vscode/**',
  '**/.DS_Store',
  '**/.npmrc',
  '**/*.vsix',
  '.editorconfig',
  '.gitattributes',
  '.gitignore',
  'package-lock.json',
];

/** Files that are packed also if `files` in package.json doesn't name them. */
const ALWAYS =
  /^(?:package(?:\.nls(?:\.[\w-]+)?)?\.json|readme\.md|changelog\.md|licen[cs]e(?:\.\w+)?)$/i;

/** `callboard plugin pack`: packs a plugin as a .vsix. */
export const runPluginPack: RunCommand = async ({ positionals, options }, context) => {
  const { terminal, fileSystem, cwd, signal } = context;
  const folder = await pluginFolder(positionals[0], context);
  const { fields, problems } = await readPluginManifest(folder, fileSystem);
  if (countProblems(problems).error > 0) {
    terminal.write(await problemsText(problems, context));
    return exitCodes.problems;
  }
  const isPacked = await readSelection(folder, fields, fileSystem);
  const files = new Map<string, Uint8Array>();
  let size = 0;
  for await (const { path, uri } of filesBelow(folder, fileSystem)) {
    signal.throwIfAborted();
    if (!isPacked(path)) continue;
    const content = await fileSystem.readFile(uri);
    size += content.length;
    if (size > MAX_SIZE) {
      throw new FailedError(
        `The plugin has more than ${MAX_SIZE / 1e6} MB. Leave files out in .vscodeignore`,
      );
    }
    files.set(path, content);
  }
  const out = options.get('out')?.at(-1);
  const target =
    out === undefined
      ? childUri(folder, `${String(fields['name'])}-${String(fields['version'])}.vsix`)
      : pathToFileUri(resolve(cwd, out));
  const show = pathsRelativeTo(cwd);
  try {
    await writeFile(fileUriToPath(target), packVsix(fields, files), { flag: 'wx' });
  } catch (error) {
    throw new FailedError(`Can't write ${show(target)}: ${fileReason(error)}`);
  }
  terminal.write(`${plural(files.size, 'file')} packed into ${printable(show(target))}\n`);
  return exitCodes.ok;
};

/** Yields the files of a folder, without links and packages of others. */
async function* filesBelow(
  folder: string,
  fileSystem: FileSystem,
  prefix = '',
): AsyncGenerator<{ readonly path: string; readonly uri: string }> {
  for (const { name, type, isSymbolicLink } of await fileSystem.readDirectory(folder)) {
    if (isSymbolicLink) continue;
    const uri = childUri(folder, name);
    if (type === 'file') yield { path: `${prefix}${name}`, uri };
    else if (type === 'directory' && !SKIPPED_FOLDERS.has(name)) {
      yield* filesBelow(uri, fileSystem, `${prefix}${name}/`);
    }
  }
}

/** Reads which files are packed: `files` in package.json, or all that .vscodeignore doesn't ignore. @throws UsageError */
async function readSelection(
  folder: string,
  { files }: Readonly<Record<string, unknown>>,
  fileSystem: FileSystem,
): Promise<(path: string) => boolean> {
  if (Array.isArray(files)) {
    const kept = matcher(files.map(String).flatMap(withContents), 'files in package.json');
    return path => ALWAYS.test(path) || kept(path);
  }
  const uri = childUri(folder, '.vscodeignore');
  const text = (await fileSystem.stat(uri))
    ? new TextDecoder().decode(await fileSystem.readFile(uri))
    : '';
  const patterns = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'));
  const kept = patterns.filter(pattern => pattern.startsWith('!')).map(pattern => pattern.slice(1));
  const ignored = patterns.filter(pattern => !pattern.startsWith('!')).flatMap(withContents);
  const isIgnored = matcher([...IGNORED, ...ignored], '.vscodeignore');
  const isKept = matcher(kept, '.vscodeignore');
  return path => path === 'package.json' || isKept(path) || !isIgnored(path);
}

/** A pattern that may name a folder, and its contents. */
function withContents(pattern: string): readonly string[] {
  const path = pattern.replace(/^\.?\//, '');
  return path.endsWith('/') ? [`${path}**`] : [path, `${path}/**`];
}

function matcher(patterns: readonly string[], where: string): (path: string) => boolean {
  const globs = patterns.map(pattern => {
    try {
      return new PicomatchGlob(pattern);
    } catch (error) {
      throw new UsageError(
        `${where} has a pattern that can't be read, ${pattern}: ${errorMessage(error)}`,
      );
    }
  });
  const meter = new StepMeter(pattern => {
    throw new UsageError(`${where} has a pattern that takes too long, ${pattern}`);
  });
  return path => globs.some(glob => meter.matches(glob, path));
}
