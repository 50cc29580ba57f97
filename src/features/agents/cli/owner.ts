import { resolve } from 'node:path';
import { basenameUri, childUri, dirnameUri, isWithin } from '../../../base';
import { readBackstageSetup, reportSetupProblems } from '../../../cli/backstage';
import { catalogAround } from '../../../cli/catalog/catalogAround';
import { catalogWithSources } from '../../../cli/catalog/catalogWithSources';
import { openSources } from '../../../cli/catalog/sources';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { stringify } from '../../../cli/output/jsonOutput';
import { type Paint, printable } from '../../../cli/output/style';
import { tableLines } from '../../../cli/output/table';
import { pathsRelativeTo } from '../../../cli/paths';
import { shortenEntityRef } from '../../../model';
import { pathToFileUri } from '../../../platform/node';
import { type FileOwners, ownersOfFile, type OwnerSource } from '../core';

interface OwnedFile extends FileOwners {
  /** Path relative to the working directory. */
  readonly file: string;
  /** Ref of the entity whose descriptor is nearest. */
  readonly entity: string | undefined;
}

/** `callboard owner`: prints the owner and the entity of files. Exits with 1 if a file has no owner. */
export const runOwner: RunCommand = async (parsed, context) => {
  const { positionals, options } = parsed;
  const { terminal, cwd, signal } = context;
  if (!positionals.length) throw new UsageError('owner needs a file: callboard owner FILE');
  const uris = await Promise.all(positionals.map(path => existingUri(path, context)));
  const backstage = await readBackstageSetup(parsed, context);
  const roots = [...new Set(await Promise.all(uris.map(uri => catalogOf(uri, context))))];
  const [root = pathToFileUri(cwd)] = roots;
  const remote = await openSources(parsed, context, root);
  const opened = await catalogWithSources(roots, remote, { backstage });
  const { catalog } = opened;
  try {
    if (backstage) reportSetupProblems(catalog.getProblems(), backstage, context);
    const showOwn = pathsRelativeTo(cwd);
    const show = (uri: string): string => showOwn(remote.addressOf(uri));
    const services = {
      catalog,
      fileSystem: context.fileSystem,
      codeownersOwners: () => catalog.options.codeownersOwners,
      roots: () => roots.map(uri => ({ uri, name: basenameUri(uri) })),
    };
    const places: Parameters<typeof ownersOfFile>[1]['places'] = {
      show,
      place: location =>
        location ? { file: show(location.file), line: (location.range?.start.line ?? 0) + 1 } : {},
    };
    const files: OwnedFile[] = [];
    for (const uri of uris) {
      const found = await ownersOfFile(uri, { services, places, signal });
      files.push({ ...found, file: show(uri), entity: nearestEntity(found.sources) });
    }
    const { paint, width } = terminal;
    terminal.write(
      options.get('format')?.at(-1) === 'json'
        ? ownersJson(files)
        : ownersTable(files, { paint, width }),
    );
    return files.every(({ answer }) => answer) ? exitCodes.ok : exitCodes.problems;
  } finally {
    opened.dispose();
  }
};

async function existingUri(path: string, { cwd, fileSystem }: CommandContext): Promise<string> {
  const uri = pathToFileUri(resolve(cwd, path));
  if (await fileSystem.stat(uri)) return uri;
  throw new UsageError(`${path} doesn't exist`);
}

/** Returns the root of a file's catalog. Without a repository or settings, that is the current folder, as in `validate`. */
async function catalogOf(uri: string, context: CommandContext): Promise<string> {
  const folder = dirnameUri(uri);
  const here = pathToFileUri(context.cwd);
  const root = await catalogAround(folder, context);
  const isAlone = root === folder && !(await context.fileSystem.stat(childUri(folder, '.git')));
  return isAlone && isWithin(here, folder) ? here : root;
}

function nearestEntity(sources: readonly OwnerSource[]): string | undefined {
  return sources.find(({ type }) => type === 'entity')?.ref;
}

function ownersTable(
  files: readonly OwnedFile[],
  { paint, width }: { readonly paint: Paint; readonly width: number | undefined },
): string {
  const column = (heading: string, cell: (file: OwnedFile) => string, keep?: 'end') => ({
    heading,
    keep,
    cells: files.map(file => printable(cell(file))),
  });
  const columns = [
    column('FILE', ({ file }) => file, 'end'),
    column('OWNER', ({ answer }) =>
      answer
        ? answer.owners.map(owner => shortenEntityRef(owner, { defaultKind: 'group' })).join(', ')
        : '(none)',
    ),
    column('ENTITY', ({ entity }) => (entity === undefined ? '' : shortenEntityRef(entity))),
    column('FROM', ({ sources: [first] }) => (first ? `${first.file}:${first.line}` : ''), 'end'),
  ];
  return `${tableLines(columns, { paint, width }).join('\n')}\n`;
}

function ownersJson(files: readonly OwnedFile[]): string {
  return stringify({
    files: files.map(({ file, answer, entity, sources }) => ({
      file,
      owners: answer?.owners ?? [],
      reason: answer?.reason ?? null,
      entity: entity ?? null,
      sources,
    })),
  });
}
