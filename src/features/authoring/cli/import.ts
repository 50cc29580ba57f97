import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DescriptorDraft, ImportCandidate } from '../../../api';
import { errorMessage } from '../../../base';
import { openCatalog } from '../../../cli/catalog/openCatalog';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { stringify } from '../../../cli/output/jsonOutput';
import { printable } from '../../../cli/output/style';
import { pathsRelativeTo, type ShowPath } from '../../../cli/paths';
import { isValidObjectName, readEntityRef } from '../../../model';
import { fileUriToPath, pathToFileUri } from '../../../platform/node';
import { createImportService } from '../core/import';

/** The result of writing a draft. */
interface WriteResult {
  readonly draft: DescriptorDraft;
  /** Undefined if it was written. */
  readonly error: string | undefined;
}

/** `callboard import`: drafts descriptors for folders without one, and writes them on request. */
export const runImport: RunCommand = async ({ positionals, options }, context) => {
  const { terminal, fileSystem, clock, signal, cwd } = context;
  if (options.has('write') && options.has('dry-run')) {
    throw new UsageError('Use either --write or --dry-run');
  }
  const owner = readOwner(options.get('owner')?.at(-1));
  const [directory = '.'] = positionals;
  const folder = resolve(cwd, directory);
  const root = pathToFileUri(folder);
  const stat = await fileSystem.stat(root);
  if (stat?.type !== 'directory') {
    throw new UsageError(
      stat ? `${directory} isn't a folder` : `Folder ${directory} doesn't exist`,
    );
  }

  const catalog = await openCatalog([root], context);
  try {
    const importer = createImportService({ fileSystem, clock, catalog });
    const { candidates, described } = await importer.findCandidates({ signal });
    const drafts = await importer.draft(
      candidates.filter(({ isSuggested }) => isSuggested),
      {
        signal,
        ...(owner !== undefined && { owner }),
        onProgress: ({ done, total }) =>
          terminal.showProgress(`Searching ${done}/${total} folders`),
      },
    );
    terminal.showProgress(undefined);
    const written = options.has('write') ? await writeAll(drafts, signal) : undefined;
    const show = pathsRelativeTo(folder);
    const found = { candidates, described, drafts, written };
    terminal.write(
      options.get('format')?.at(-1) === 'json'
        ? importJson(found, show)
        : importText(found, { show, paint: terminal.paint }),
    );
    return written?.some(({ error }) => error !== undefined) ? exitCodes.problems : exitCodes.ok;
  } finally {
    terminal.showProgress(undefined);
    catalog.dispose();
  }
};

function readOwner(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const ref = readEntityRef(value, { defaultKind: 'Group' });
  if (ref.ok && isValidObjectName(ref.value.name)) return value;
  throw new UsageError(`--owner must be a reference such as team-a or user:jane, not "${value}"`);
}

async function writeAll(
  drafts: readonly DescriptorDraft[],
  signal: AbortSignal,
): Promise<readonly WriteResult[]> {
  const results: WriteResult[] = [];
  for (const draft of drafts) {
    signal.throwIfAborted();
    try {
      // Fails if anything exists there, even a broken link.
      await writeFile(fileUriToPath(draft.file), draft.text, { flag: 'wx' });
      results.push({ draft, error: undefined });
    } catch (error) {
      results.push({ draft, error: errorMessage(error) });
    }
  }
  return results;
}

interface Found {
  readonly candidates: readonly ImportCandidate[];
  readonly described: number;
  readonly drafts: readonly DescriptorDraft[];
  readonly written: readonly WriteResult[] | undefined;
}

function importJson({ candidates, described, drafts, written }: Found, show: ShowPath): string {
  const errors = new Map(written?.map(({ draft, error }) => [draft, error]));
  return stringify({
    candidates: candidates.map(({ folder, evidence, coveredBy, isSuggested }) => ({
      folder: show(folder),
      evidence: evidence.map(({ type, uri }) => ({ type, file: show(uri) })),
      coveredBy: coveredBy === undefined ? null : show(coveredBy),
      suggested: isSuggested,
    })),
    described,
    drafts: drafts.map(draft => ({
      folder: show(draft.folder),
      file: show(draft.file),
      entities: draft.entityRefs,
      owner: draft.owner ?? null,
      notes: draft.notes,
      text: draft.text,
      written: written !== undefined && errors.get(draft) === undefined,
      error: errors.get(draft) ?? null,
    })),
  });
}

function importText(
  { candidates, described, drafts, written }: Found,
  { show, paint }: { show: ShowPath; paint: CommandContext['terminal']['paint'] },
): string {
  const lines: string[] = [];
  const errors = new Map(written?.map(({ draft, error }) => [draft, error]));
  for (const draft of drafts) {
    const path = printable(show(draft.file));
    if (!written) {
      lines.push(paint('underline', path));
      lines.push(
        ...draft.text
          .trimEnd()
          .split('\n')
          .map(line => `  ${printable(line)}`.trimEnd()),
      );
    } else {
      const error = errors.get(draft);
      lines.push(
        error === undefined
          ? `${paint('green', 'wrote')} ${path}: ${draft.entityRefs.map(printable).join(', ')}`
          : `${paint('red', 'failed')} ${path}: ${printable(error)}`,
      );
    }
    lines.push(...draft.notes.map(note => `  ${paint('dim', `note: ${printable(note)}`)}`));
    if (!written) lines.push('');
  }
  const others = candidates.filter(({ isSuggested }) => !isSuggested);
  if (others.length) {
    lines.push('Skipped, review them in the editor with "Callboard: Import…":');
    for (const { folder, evidence, coveredBy } of others.slice(0, MAX_LISTED)) {
      const types = [...new Set(evidence.map(({ type }) => type))].join(', ');
      const by = coveredBy === undefined ? '' : `; ${printable(show(coveredBy))} may cover it`;
      lines.push(`  ${printable(show(folder))} ${paint('dim', `(${types}${by})`)}`);
    }
    if (others.length > MAX_LISTED) lines.push(`  and ${others.length - MAX_LISTED} more`);
    lines.push('');
  }
  return [...lines, summary(drafts, written, described), ''].join('\n');
}

/** The maximum number of listed folders: a monorepo may have thousands. */
const MAX_LISTED = 50;

function summary(
  drafts: readonly DescriptorDraft[],
  written: Found['written'],
  described: number,
): string {
  const have = `${described} folder${described === 1 ? ' has' : 's have'} a descriptor already`;
  if (!drafts.length) return `Nothing to import: ${have}.`;
  const count = (number: number): string => `${number} descriptor${number === 1 ? '' : 's'}`;
  const ownerless = drafts.filter(({ owner }) => owner === undefined).length;
  const nobody = ownerless ? ` ${ownerless} of them without a known owner.` : '';
  if (!written) return `${count(drafts.length)} to write with --write; ${have}.${nobody}`;
  const failed = written.filter(({ error }) => error !== undefined).length;
  const failures = failed ? `, ${failed} failed` : '';
  return `${count(drafts.length - failed)} written${failures}; ${have}.${nobody}`;
}
