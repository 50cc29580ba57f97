import { resolve } from 'node:path';
import { childUri, isRecord } from '../../../base';
import { openCatalog } from '../../../cli/catalog/openCatalog';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { stringify } from '../../../cli/output/jsonOutput';
import { plural } from '../../../cli/output/problems';
import { printable } from '../../../cli/output/style';
import { tableLines } from '../../../cli/output/table';
import { pathsRelativeTo } from '../../../cli/paths';
import { shortenEntityRef, stringifyEntityRef } from '../../../model';
import { pathToFileUri } from '../../../platform/node';
import { loadProvidedTemplates } from './providedTemplates';

interface ListedTemplate {
  readonly ref: string;
  readonly title: string | undefined;
  readonly owner: string | undefined;
  readonly type: string | undefined;
  readonly tags: readonly string[];
  /** URI. */
  readonly file: string | undefined;
  /** Whether it ships with Callboard. */
  readonly isShipped: boolean;
  /** Title of the plugin that it belongs to. */
  readonly plugin?: string | undefined;
}

/** `callboard template list`: lists the Templates of a catalog, of plugins, and those that ship with Callboard. */
export const runTemplateList: RunCommand = async ({ positionals, options }, context) => {
  const { terminal, cwd, fileSystem } = context;
  const [directory = '.'] = positionals;
  const folder = resolve(cwd, directory);
  const root = pathToFileUri(folder);
  if ((await fileSystem.stat(root))?.type !== 'directory') {
    throw new UsageError(`Folder ${directory} doesn't exist`);
  }
  const found = await listCatalogTemplates(root, context);
  const shipped = options.has('all') ? await listShippedTemplates(context) : [];
  // A folder with the shipped templates has them in its own catalog.
  const files = new Set(found.map(({ file }) => file));
  const refs = new Set(found.map(({ ref }) => ref));
  const provided = (await loadProvidedTemplates([root], context)).templates
    .filter(({ ref }) => !refs.has(ref))
    .map(({ entity, ref, file, plugin }) => ({
      ...listed(entity, ref),
      file,
      plugin,
      isShipped: false,
    }));
  const templates: readonly ListedTemplate[] = [
    ...found,
    ...provided,
    ...shipped.filter(({ file }) => !files.has(file)),
  ];
  const show = pathsRelativeTo(folder);
  const shownFile = ({ file }: ListedTemplate): string | undefined => file && show(file);
  if (options.get('format')?.at(-1) === 'json') {
    const describeTemplate = templates.map(template => {
      const { ref, title = null, owner = null, type = null, tags, isShipped, plugin } = template;
      const file = shownFile(template) ?? null;
      const from = plugin === undefined ? {} : { plugin };
      return { ref, title, owner, type, tags, file, shipped: isShipped, ...from };
    });
    terminal.write(stringify({ templates: describeTemplate }));
    return exitCodes.ok;
  }
  if (templates.length === 0) {
    terminal.write('No templates found. --all lists those that come with Callboard.\n');
    return exitCodes.ok;
  }
  const column = (heading: string, cell: (template: ListedTemplate) => string | undefined) => ({
    heading,
    ...(heading === 'FILE' && { keep: 'end' as const }),
    cells: templates.map(template => printable(cell(template) ?? '')),
  });
  const columns = [
    column('TEMPLATE', ({ ref }) => shortenEntityRef(ref, { defaultKind: 'template' })),
    column('TITLE', ({ title }) => title),
    column('OWNER', ({ owner }) => owner),
    column('TYPE', ({ type }) => type),
    column('TAGS', ({ tags }) => tags.join(', ')),
    column('FROM', ({ isShipped, plugin }) => (isShipped ? 'Callboard' : plugin)),
    column('FILE', shownFile),
  ].filter(({ cells }) => cells.some(cell => cell !== ''));
  const { paint, width } = terminal;
  const lines = tableLines(columns, { paint, width });
  terminal.write(`${lines.join('\n')}\n\n${plural(templates.length, 'template')}\n`);
  return exitCodes.ok;
};

async function listCatalogTemplates(
  root: string,
  context: CommandContext,
): Promise<readonly ListedTemplate[]> {
  // Lists entities of files only, so that no code of plugins runs.
  const catalog = await openCatalog([root], { ...context, startPlugin: undefined });
  try {
    return catalog
      .getEntities({ filter: [[{ key: 'kind', values: ['template'] }]] })
      .map(entity => ({
        ...listed(entity, stringifyEntityRef(entity)),
        file: catalog.getEntitySource(stringifyEntityRef(entity))?.file,
        isShipped: false,
      }));
  } finally {
    catalog.dispose();
  }
}

/** Templates that ship with Callboard, each in its own folder. */
async function listShippedTemplates({
  fileSystem,
  templates,
}: CommandContext): Promise<readonly ListedTemplate[]> {
  const { findTemplate } = await import('../core');
  const listing: ListedTemplate[] = [];
  const entries = [...(await fileSystem.readDirectory(templates))];
  for (const { name, type } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (type !== 'directory') continue;
    const { entity, ref, file } = await findTemplate(childUri(templates, name), name, fileSystem);
    listing.push({ ...listed(entity, ref), file, isShipped: true });
  }
  return listing;
}

function listed(
  { metadata, spec }: { readonly metadata?: unknown; readonly spec?: unknown },
  ref: string,
): Omit<ListedTemplate, 'file' | 'isShipped'> {
  const { title, tags } = isRecord(metadata) ? metadata : {};
  const { owner, type } = isRecord(spec) ? spec : {};
  return {
    ref,
    title: textOf(title),
    owner: textOf(owner),
    type: textOf(type),
    tags: (Array.isArray(tags) ? tags : []).filter(tag => typeof tag === 'string'),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
