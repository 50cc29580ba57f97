import { resolve } from 'node:path';
import type {
  MarkedText,
  SearchCollator,
  SearchDocument,
  SearchResult,
  SearchResults,
  SearchState,
} from '../../../api';
import { DisposableStore, isWithin } from '../../../base';
import { readBackstageSetup, reportSetupProblems } from '../../../cli/backstage';
import { catalogAround } from '../../../cli/catalog/catalogAround';
import { catalogWithSources } from '../../../cli/catalog/catalogWithSources';
import { openSearch } from '../../../cli/catalog/openSearch';
import { openSources } from '../../../cli/catalog/sources';
import { readWhere } from '../../../cli/catalog/wherePredicate';
import { filtersByCurrentUser, ownershipOfCurrentUser } from '../../../cli/catalog/currentUser';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { namedEnvironment } from '../../../cli/namedEnvironment';
import { stringify } from '../../../cli/output/jsonOutput';
import { plural } from '../../../cli/output/problems';
import { fitText, type Paint, printable, textWidth } from '../../../cli/output/style';
import { tableLines } from '../../../cli/output/table';
import { pathsRelativeTo, type ShowPath } from '../../../cli/paths';
import { pathToFileUri } from '../../../platform/node';
import { withFilter } from '../core';

/** Columns that snippets are indented by. */
const INDENT = 4;

/** Formats results as an aligned table, each with its matching snippet below and matches highlighted. */
export function searchTable(
  { results, total, ignored }: SearchResults,
  { show, paint, width }: { show: ShowPath; paint: Paint; width: number | undefined },
): string {
  if (!results.length) return 'Nothing found\n';
  const column = (heading: string, cell: (result: SearchResult) => string, keep?: 'end') => ({
    heading,
    keep,
    cells: results.map(result => printable(cell(result))),
  });
  const [headings = '', ...rows] = tableLines(
    [
      column('TYPE', ({ type }) => type),
      column('TITLE', ({ path, title }) => [...path, title.text].join(' › ')),
      column('WHERE', result => whereOf(result, show), 'end'),
    ],
    { paint, width },
  );
  const lines = rows.flatMap((row, index) => {
    const snippet = results[index]?.snippet;
    return snippet?.text
      ? [row, `${' '.repeat(INDENT)}${paintMarks(snippet, paint, width)}`]
      : [row];
  });
  const count = plural(total, 'result');
  const summary = results.length < total ? `${results.length} of ${count}` : count;
  const note = ignored.length
    ? [printable(`No results for all words. Showing results without: ${ignored.join(', ')}`), '']
    : [];
  return `${[...note, headings, ...lines, '', summary].join('\n')}\n`;
}

function whereOf({ location, ref }: SearchResult, show: ShowPath): string {
  if (!location) return ref ?? '';
  const line = location.range && location.range.start.line + 1;
  return show(location.file) + (line === undefined ? '' : `:${line}`);
}

/** Paints matches on one line, truncated to the width. */
function paintMarks({ text, marks }: MarkedText, paint: Paint, width: number | undefined): string {
  let room = width === undefined ? Infinity : width - INDENT;
  let at = 0;
  let painted = '';
  const add = (to: number, paintPart: (part: string) => string): void => {
    const part = printable(text.slice(at, to).replace(/\s+/g, ' '));
    const fitted = room > 0 ? fitText(part, room) : '';
    room -= textWidth(part);
    at = Math.max(at, to);
    painted += paintPart(fitted);
  };
  for (const [from, to] of marks) {
    add(from, part => paint('dim', part));
    add(to, part => paint('bold', part));
  }
  add(text.length, part => paint('dim', part));
  return painted;
}

const NOBODY =
  'owner:me finds nothing because you are not in the catalog. Set "callboard.user" in .vscode/settings.json, ' +
  'or user.email of git, to the email address of a User';

/** `callboard search`: exits with 0 once results are printed, even if there are none. */
export const runSearch: RunCommand = async (parsed, context) => {
  const { positionals, options } = parsed;
  const { terminal, fileSystem, cwd, signal } = context;
  const [query, directory = '.'] = positionals;
  if (query === undefined) throw new UsageError('search needs a query: callboard search QUERY');
  const limit = options.get('limit')?.at(-1) ?? '20';
  if (!/^[1-9]\d{0,5}$/.test(limit)) {
    throw new UsageError(`--limit must be a number from 1, not "${limit}"`);
  }
  const where = await readWhere(parsed, context);
  const folder = resolve(cwd, directory);
  const within = pathToFileUri(folder);
  const stat = await fileSystem.stat(within);
  if (stat?.type !== 'directory') {
    throw new UsageError(
      stat ? `${directory} isn't a folder` : `Folder ${directory} doesn't exist`,
    );
  }

  const backstage = await readBackstageSetup(parsed, context);
  const root = await catalogAround(within, context);
  const store = new DisposableStore();
  try {
    const remote = await openSources(parsed, context, root);
    const { catalog } = store.add(await catalogWithSources([root], remote, { backstage }));
    if (backstage) reportSetupProblems(catalog.getProblems(), backstage, context);
    const mine = filtersByCurrentUser(query)
      ? await ownershipOfCurrentUser(root, { catalog, context })
      : [];
    if (filtersByCurrentUser(query) && !mine.length) throw new UsageError(NOBODY);
    const { search } = await openSearch({
      catalog,
      context: within === root ? remote.context : contextWithin(within, root, remote.context),
      store,
      environment: namedEnvironment(options, context),
      mine: () => mine,
    });
    const types = options.get('in')?.flatMap(list => list.split(',')) ?? [];
    const known = search.collators.map(({ id }) => id);
    for (const type of types) {
      if (known.includes(type)) continue;
      throw new UsageError(`Unknown type "${type}". Available: ${known.join(', ')}`);
    }
    store.add(search.onDidChange(() => showState(search.state, context)));
    await search.whenReady(signal);
    terminal.showProgress(undefined);
    const whole = types.reduce((text, type) => withFilter(text, 'in', type, true), query);
    const found = await search.find(
      { query: whole, limit: Number(limit), withPlaces: true, ...(where && { where }) },
      signal,
    );
    const showOwn = pathsRelativeTo(folder);
    const show = (uri: string): string => showOwn(remote.addressOf(uri));
    if (options.get('format')?.at(-1) === 'json') terminal.write(searchJson(found, show));
    else {
      const { paint, width } = terminal;
      terminal.write(searchTable(found, { show, paint, width }));
    }
    return exitCodes.ok;
  } finally {
    terminal.showProgress(undefined);
    store.dispose();
  }
};

/** Limits the search to files in a folder of the catalog and files outside the catalog. */
function contextWithin(folder: string, root: string, context: CommandContext): CommandContext {
  const hasFile = (file: string): boolean => !isWithin(root, file) || isWithin(folder, file);
  return {
    ...context,
    collators: async deps =>
      (await context.collators(deps)).map(collator => collatorWithin(collator, hasFile)),
  };
}

function showState(
  { type, ...state }: SearchState & { readonly done?: number; readonly total?: number | undefined },
  { terminal }: CommandContext,
): void {
  if (type !== 'indexing') return;
  const { done = 0, total } = state;
  terminal.showProgress(`Indexing ${done}${total === undefined ? '' : `/${total}`}`);
}

/** Formats results as JSON; missing properties are omitted. */
function searchJson({ results, total, ignored, tookMs }: SearchResults, show: ShowPath): string {
  return stringify({
    results: results.map(({ type, title, ref, location, score, snippet }) => ({
      type,
      title: title.text,
      ref,
      location: location && { file: show(location.file), range: location.range },
      score: round(score),
      snippet: snippet?.text,
    })),
    total,
    ignored,
    tookMs: round(tookMs),
  });
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/**
 * Narrows a collator to the documents in some files, so that ranking, typo tolerance and ignored words depend only
 * on these. Documents without a file stay.
 *
 * @param hasFile - returns whether documents in a file (a URI) are wanted
 */
function collatorWithin(
  collator: SearchCollator,
  hasFile: (file: string) => boolean,
): SearchCollator {
  const { id, title, icon, weight, concurrency, locatesOnDemand } = collator;
  const locate = async (
    document: SearchDocument,
    signal: AbortSignal,
  ): Promise<SearchDocument['location']> =>
    (await collator.locate?.(document, signal)) ?? document.location;
  return {
    id,
    title,
    icon,
    ...(weight !== undefined && { weight }),
    ...(concurrency !== undefined && { concurrency }),
    ...(locatesOnDemand !== undefined && { locatesOnDemand }),
    onDidChange: listener => collator.onDidChange(listener),
    getSources: signal => collator.getSources(signal),
    settle: async () => collator.settle?.(),
    async collate(source, signal) {
      const wanted: SearchDocument[] = [];
      for (const document of await collator.collate(source, signal)) {
        const location = await locate(document, signal);
        if (!location || hasFile(location.file)) wanted.push(document);
      }
      return wanted;
    },
    locate,
  };
}
