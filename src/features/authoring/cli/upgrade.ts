import { resolve } from 'node:path';
import { errorMessage } from '../../../base';
import { readOptions } from '../../../cli/catalog/openCatalog';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { stringify } from '../../../cli/output/jsonOutput';
import { plural } from '../../../cli/output/problems';
import { type Paint, printable } from '../../../cli/output/style';
import { paintedDiff, unifiedDiff } from '../../../cli/output/unifiedDiff';
import { pathsRelativeTo } from '../../../cli/paths';
import { warn } from '../../../cli/terminal';
import { LATEST_RELEASE, parseRelease, type Release } from '../../../model';
import { enclosingRepository } from '../../../platform/core/files';
import { fileUriToPath, loadOutputFolder, pathToFileUri } from '../../../platform/node';
import { openFileSelector } from '../../catalog/core';
import { withoutSecrets } from './hiddenSecrets';
import { type FoundPart, type UpgradedText, upgradeText } from '../core/upgrade';

/** A file with outdated parts. */
interface UpgradedFile extends UpgradedText {
  readonly uri: string;
  /** Path relative to the folder. */
  readonly path: string;
  readonly before: string;
}

/** `callboard upgrade`: updates what newer releases of Backstage deprecate or remove. */
export const runUpgrade: RunCommand = async ({ positionals, options }, context) => {
  const { terminal, fileSystem, signal, cwd } = context;
  const [directory = '.'] = positionals;
  const folder = resolve(cwd, directory);
  const root = pathToFileUri(folder);
  if ((await fileSystem.stat(root))?.type !== 'directory') {
    throw new UsageError(`Folder ${directory} doesn't exist`);
  }
  const release = (name: string): Release | undefined => {
    const text = options.get(name)?.at(-1) ?? 'latest';
    const parsed = text === 'latest' ? undefined : parseRelease(text);
    if (text === 'latest' || parsed !== undefined) return parsed;
    throw new UsageError(`--${name} must be a release such as 1.40, or latest, not "${text}"`);
  };
  const range = { from: release('from'), to: release('to') ?? LATEST_RELEASE };

  const files: UpgradedFile[] = [];
  const show = pathsRelativeTo(folder);
  const found = await findFiles(root, context);
  for (const [done, uri] of found.entries()) {
    signal.throwIfAborted();
    terminal.showProgress(`Reading ${done}/${found.length} files`);
    const read = await readText(uri, context);
    if (read === undefined) continue;
    const path = show(uri);
    if (read === 'unread') {
      files.push({ uri, path, before: '', text: '', parts: [], isPartlyUnread: true });
      continue;
    }
    const before = read.text;
    const upgraded = upgradeText(before, path, range);
    if (upgraded.parts.length || upgraded.isPartlyUnread) {
      files.push({ ...upgraded, uri, path, before });
    }
  }
  terminal.showProgress(undefined);
  const failures = options.has('write') ? await writeFiles(files, folder, signal) : undefined;
  terminal.write(
    options.get('format')?.at(-1) === 'json'
      ? upgradeJson(files, range.to, failures)
      : await upgradeReport(files, failures, terminal.paint),
  );
  const isComplete = files.every(({ parts }) => parts.every(({ isChanged }) => isChanged));
  return isComplete && !failures?.size ? exitCodes.ok : exitCodes.problems;
};

async function findFiles(root: string, context: CommandContext): Promise<readonly string[]> {
  const { fileSystem, clock, signal } = context;
  const { exclude, filesExclude } = await readOptions([root], context);
  const selector = await openFileSelector({
    fileSystem,
    root,
    repository: await enclosingRepository(root, fileSystem),
    options: { include: ['**/*.{yaml,yml}'], exclude: [...exclude, ...filesExclude] },
  });
  const found: string[] = [];
  await selector.findFiles([root], { signal, clock, onFile: uri => found.push(uri) });
  return found.sort();
}

/** Maximum size of a file, in bytes. */
const MAX_FILE = 5 * 1024 * 1024;
/** Keeps a byte order mark. */
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** Returns undefined without a file, and `unread` if it is too large or in another encoding than UTF-8. */
async function readText(
  uri: string,
  { fileSystem, terminal }: CommandContext,
): Promise<{ readonly text: string } | 'unread' | undefined> {
  try {
    const stat = await fileSystem.stat(uri);
    if (stat?.type !== 'file') return undefined;
    if (stat.size > MAX_FILE) return 'unread';
    const content = await fileSystem.readFile(uri);
    const text = DECODER.decode(content);
    // A text that decoding changes would be damaged by writing it.
    return Buffer.from(text).equals(content) ? { text } : 'unread';
  } catch (error) {
    warn(terminal, `${printable(fileUriToPath(uri))}: ${errorMessage(error)}`);
    return undefined;
  }
}

/** Writes the changed files. Returns the errors by path. */
async function writeFiles(
  files: readonly UpgradedFile[],
  folder: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const { NodeOutputFolder } = await loadOutputFolder();
  const output = new NodeOutputFolder(folder);
  const failures = new Map<string, string>();
  for (const { path, before, text } of files) {
    if (text === before) continue;
    signal.throwIfAborted();
    try {
      const found = await output.find(path);
      if (found?.type !== 'file') throw new Error('the file is gone');
      const current = await output.read(path);
      if (!current || !Buffer.from(before).equals(current)) {
        throw new Error('the file has changed since it was read');
      }
      await output.write(path, Buffer.from(text), found);
    } catch (error) {
      failures.set(path, errorMessage(error));
    }
  }
  return failures;
}

async function upgradeReport(
  files: readonly UpgradedFile[],
  failures: ReadonlyMap<string, string> | undefined,
  paint: Paint,
): Promise<string> {
  const lines: string[] = [];
  for (const { path, before, text, parts } of files) {
    if (!parts.length) continue;
    lines.push(paint('underline', printable(path)));
    lines.push(...parts.map(part => partLine(part, paint)));
    const failure = failures?.get(path);
    if (failure !== undefined) {
      lines.push(`  ${paint('red', `Not written: ${printable(failure)}`)}`);
    }
    lines.push(...(await diffLines({ path, before, text }, paint)), '');
  }
  return [...lines, ...summary(files, failures), ''].join('\n');
}

function partLine({ rule, name, position, isChanged }: FoundPart, paint: Paint): string {
  const { since, source, advice } = rule;
  const place = paint('dim', `${position.line + 1}:${position.character + 1}`);
  const by = paint('dim', `(${since}, ${source.package} ${source.version})`);
  const hand = isChanged ? '' : `${paint('yellow', 'by hand')}: `;
  return `  ${place}  ${hand}${printable(name)}: ${advice} ${by}`;
}

async function diffLines(
  { path, before, text }: Pick<UpgradedFile, 'path' | 'before' | 'text'>,
  paint: Paint,
): Promise<readonly string[]> {
  if (before === text) return [];
  const diff = await unifiedDiff({
    name: path,
    label: path,
    expected: Buffer.from(withoutSecrets(before)),
    actual: Buffer.from(withoutSecrets(text)),
  });
  return diff.map(line => `    ${paintedDiff(printable(line), paint)}`.trimEnd());
}

function summary(
  files: readonly UpgradedFile[],
  failures: ReadonlyMap<string, string> | undefined,
): readonly string[] {
  const parts = files.flatMap(file => file.parts);
  const changed = files.filter(({ before, text }) => before !== text).length;
  const left = parts.filter(({ isChanged }) => !isChanged).length;
  const unread = files.filter(({ isPartlyUnread }) => isPartlyUnread).length;
  const changes = `${plural(parts.length - left, 'change')} in ${plural(changed, 'file')}`;
  const result = !changed
    ? 'Nothing to change.'
    : !failures
      ? `${changes} to write with --write.`
      : `${changes} written${failures.size ? `, except ${plural(failures.size, 'file')}` : ''}.`;
  return [
    left ? `${result} ${plural(left, 'place')} to change by hand.` : result,
    ...(unread ? [`${plural(unread, 'file')} with template syntax or errors not checked.`] : []),
  ];
}

function upgradeJson(
  files: readonly UpgradedFile[],
  to: Release,
  failures: ReadonlyMap<string, string> | undefined,
): string {
  return stringify({
    to,
    files: files.map(({ path, before, text, parts, isPartlyUnread }) => ({
      file: path,
      parts: parts.map(({ rule, name, position, isChanged }) => ({
        rule: rule.id,
        since: rule.since,
        name,
        advice: rule.advice,
        source: rule.source,
        position,
        changed: isChanged,
      })),
      written: failures !== undefined && before !== text && !failures.has(path),
      error: failures?.get(path) ?? null,
      partlyUnread: isPartlyUnread,
    })),
  });
}
