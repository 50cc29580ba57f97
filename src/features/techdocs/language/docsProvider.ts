import {
  type CodeAction,
  type CompletionItem,
  CompletionItemKind,
  type LocationLink,
  TextDocumentEdit,
  TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import {
  basenameUri,
  comparePositions,
  dirnameUri,
  EMPTY_RANGE,
  failure,
  isWithin,
  ok,
  type Range,
  type Result,
  translate,
} from '../../../base';
import type { Problem } from '../../../model';
import { readableText } from '../../../platform/core/files';
import type { Clock, FileChange } from '../../../platform/core/ports';
import {
  type ClientEdits,
  type CodeActionRequest,
  type CompletionItems,
  type FileChange as EditedFile,
  hasDocs,
  type LanguageContext,
  type LanguageProvider,
  type PositionRequest,
  sortTextOf,
  SUGGEST_NEXT,
  type TextRequest,
  toDiagnostic,
  workspaceEdit,
} from '../../authoring/language';
import {
  type BuiltSite,
  completeNav,
  completePage,
  configsAbove,
  defaultGeneratorOptions,
  distinctEdits,
  DocsChecker,
  type DocsChoice,
  type DocsEdit,
  type DocsFix,
  docsFixes,
  findHeadingInSite,
  type SiteHeading,
  headingRefusal,
  type HeadingRefusal,
  checkLink,
  type LinkedEntity,
  type Move,
  editsForMovedPages,
  readHeading,
  renameInSites,
  type SiteFile,
  SiteReader,
  type TechDocsCoreVersion,
} from '../core';

export interface DocsProviderDeps {
  readonly clock: Clock;
  /** Returns the release of techdocs-core that the site in a folder (URI) follows; the latest by default. */
  readonly techDocsCoreOf?: (folder: string) => Promise<TechDocsCoreVersion | undefined>;
}

const CONFIG = /\/mkdocs\.ya?ml$/;
const PAGE = /\.(?:markdown|mdown|mkdn|mkd|md)$/;

interface OpenSite {
  readonly techDocsCore: TechDocsCoreVersion | undefined;
  readonly reader: SiteReader;
  readonly checker: DocsChecker;
}

interface ReadSite {
  readonly site: BuiltSite;
  readonly checker: DocsChecker;
}

/**
 * Diagnostics and language features for configs and pages of docs, for editors that only have the
 * language server. Covers open files, in the site of the nearest config above them.
 */
export class DocsProvider implements LanguageProvider {
  readonly anyLanguage = true;
  #deps: DocsProviderDeps;
  /** Sites by the URI of their config. */
  #sites = new Map<string, OpenSite>();

  constructor(deps: DocsProviderDeps) {
    this.#deps = deps;
  }

  async problems({ context, text: { uri }, signal }: TextRequest): Promise<readonly Problem[]> {
    const found = await this.#siteOf(uri, context, signal);
    if (!found) return [];
    const { site, checker } = found;
    const own = await checker.check(site, { signal, isWanted: page => page.uri === uri });
    return [...site.content.problems.filter(({ file }) => file === uri), ...own];
  }

  async codeActions(request: CodeActionRequest): Promise<readonly CodeAction[]> {
    const { context, text, problems, signal } = request;
    if (!problems.length) return [];
    const found = await this.#siteOf(text.uri, context, signal);
    if (!found) return [];
    const actions: CodeAction[] = [];
    for (const problem of problems) {
      const [start, end] = [text.offsetAt(problem.range.start), text.offsetAt(problem.range.end)];
      const written = text.text.slice(start, end);
      const fixes = await docsFixes(problem, {
        site: found.site,
        written,
        textOf: file => readableText(file, context.files),
      });
      for (const fix of fixes) {
        const change = changeOf(fix, text, { start, end });
        const edit = workspaceEdit([change], context.edits, text);
        if (!edit) continue;
        const diagnostics = [toDiagnostic(problem)];
        const isPreferred = fixes.length === 1;
        actions.push({ title: titleOf(fix), kind: 'quickfix', diagnostics, isPreferred, edit });
      }
    }
    return actions;
  }

  async complete({ context, text, offset, signal }: PositionRequest): Promise<CompletionItems> {
    const nothing: CompletionItems = { items: [], isIncomplete: false };
    const found = await this.#siteOf(text.uri, context, signal);
    if (!found) return nothing;
    const { site, checker } = found;
    const page = [...site.files.values()].find(file => file.uri === text.uri);
    const choices = page
      ? await completePage(
          { site, page, text: text.text, offset },
          {
            checker,
            fileSystem: context.files,
            hasEditorMarkdown: false,
            entities: () => linkedEntities(context),
          },
        )
      : completeNav({ site, text: text.text, offset });
    if (!choices) return nothing;
    const { start, end, items, isIncomplete } = choices;
    const range = text.rangeAt(start, end);
    const toItem = (choice: DocsChoice, index: number): CompletionItem => ({
      label: choice.label,
      kind: ITEM_KINDS[choice.type],
      ...(choice.detail !== undefined && { detail: choice.detail }),
      sortText: sortTextOf(index),
      filterText: choice.filter ?? choice.text,
      textEdit: { range, newText: choice.text },
      ...(choice.text.endsWith('/') && { command: SUGGEST_NEXT }),
    });
    return { items: items.map(toItem), isIncomplete };
  }

  async definition({
    context,
    text: { uri },
    position,
    signal,
  }: PositionRequest): Promise<readonly LocationLink[]> {
    const found = await this.#siteOf(uri, context, signal);
    const page = found && [...found.site.files.values()].find(file => file.uri === uri);
    const index = page && (await found.checker.indexOf(page, found.site));
    if (!found || !page || !index) return [];
    const { site, checker } = found;
    const isHere = ({ start, end }: Range): boolean =>
      comparePositions(start, position) <= 0 && comparePositions(position, end) <= 0;
    const link = [...index.links, ...index.images].find(
      ({ form, range, targetRange }) =>
        form !== 'html' && (isHere(range) || (targetRange && isHere(targetRange))),
    );
    const target = link && checkLink(link.target, page, site).target;
    if (!target) return [];
    const { file, anchor } = target;
    const there = file.isPage && anchor !== undefined && (await checker.indexOf(file, site));
    const place = there ? there.anchors.find(({ id }) => id === anchor)?.range : undefined;
    const range = place ?? EMPTY_RANGE;
    return [
      {
        originSelectionRange: isHere(link.range) ? link.range : (link.targetRange ?? link.range),
        targetUri: file.uri,
        targetRange: range,
        targetSelectionRange: range,
      },
    ];
  }

  /** @returns undefined if the file isn't a page of docs */
  async prepareRename(
    request: PositionRequest,
  ): Promise<Result<{ readonly range: Range; readonly placeholder: string }> | undefined> {
    const [found] = (await this.#headings(request)).map(heading => heading.found);
    if (!found?.ok) return found && failure(refusalOf(found.error));
    const { range, placeholder } = found.value;
    return ok({ range, placeholder });
  }

  async rename(
    request: PositionRequest,
    newName: string,
  ): Promise<Result<WorkspaceEdit> | undefined> {
    const headings = await this.#headings(request);
    if (!headings.length) return undefined;
    const renamed = await renameInSites(headings, newName);
    if (!renamed.ok) return failure(refusalOf(renamed.error));
    return ok(editOfDocs(renamed.value, request.context.edits));
  }

  /** Returns the edits that keep links and navigation valid when files or folders are moved. */
  async willMove(
    moves: readonly Move[],
    { context, signal }: Pick<TextRequest, 'context' | 'signal'>,
  ): Promise<WorkspaceEdit | undefined> {
    const configs = new Set<string>();
    // Files that are moved together usually share a folder.
    const ofFolders = new Map(moves.map(({ from }) => [dirnameUri(from), from]));
    for (const from of ofFolders.values()) {
      for await (const config of configsOf(from, context)) configs.add(config);
    }
    const edits: DocsEdit[] = [];
    for (const config of configs) {
      const { site, checker } = await this.#read(config, context, signal);
      const moved = await editsForMovedPages(moves, site, {
        isConfigOnly: false,
        indexOf: page => checker.indexOf(page, site),
        textAt: async (file, { start, end }) => {
          const lines = (await readableText(file, context.files))?.split(/\r\n|[\r\n]/);
          // Navigation values with quotes are on one line.
          return lines?.[start.line]?.slice(start.character, end.character);
        },
      });
      edits.push(...moved);
    }
    return edits.length ? editOfDocs(distinctEdits(edits), context.edits) : undefined;
  }

  /** Returns the heading at a position, for each site of the page. */
  async #headings({
    context,
    text: { uri },
    position,
    signal,
  }: PositionRequest): Promise<readonly SiteHeading[]> {
    const headings: SiteHeading[] = [];
    for await (const { site, checker } of this.#sitesOf(uri, context, signal)) {
      if (CONFIG.test(uri)) continue;
      const reading = { checker, fileSystem: context.files };
      headings.push(await findHeadingInSite({ file: uri, position }, site, reading));
    }
    return headings;
  }

  /** @returns whether open files must be checked again */
  filesChanged(changes: readonly FileChange[]): boolean {
    // Changes of other existing files don't affect pages.
    const matters = ({ type, uri }: FileChange): boolean =>
      type !== 'changed' || CONFIG.test(uri) || PAGE.test(uri);
    let isChanged = false;
    for (const [config, { reader, checker }] of this.#sites) {
      const folder = dirnameUri(config);
      if (!changes.some(({ uri }) => isWithin(folder, uri) || isWithin(uri, folder))) continue;
      checker.invalidate(changes.map(({ uri }) => uri));
      void reader.applyChanges(changes);
      isChanged ||= changes.some(matters);
    }
    return isChanged;
  }

  async #siteOf(
    uri: string,
    context: LanguageContext,
    signal: AbortSignal,
  ): Promise<ReadSite | undefined> {
    for await (const site of this.#sitesOf(uri, context, signal)) return site;
    return undefined;
  }

  /** Yields the sites of a page or config, the innermost first. */
  async *#sitesOf(
    uri: string,
    context: LanguageContext,
    signal: AbortSignal,
  ): AsyncGenerator<ReadSite> {
    if (CONFIG.test(uri)) {
      // An unsaved config has no files next to it.
      if (await isFile(uri, context)) yield this.#read(uri, context, signal);
    } else if (PAGE.test(uri)) {
      for await (const config of configsOf(uri, context)) {
        const found = await this.#read(config, context, signal);
        const isOfSite = [...found.site.files.values()].some((file: SiteFile) => file.uri === uri);
        if (isOfSite) yield found;
      }
    }
  }

  async #read(config: string, context: LanguageContext, signal: AbortSignal): Promise<ReadSite> {
    const techDocsCore = await this.#deps.techDocsCoreOf?.(dirnameUri(config));
    const { reader, checker } = this.#open(config, context, techDocsCore);
    return { site: await reader.read(signal), checker };
  }

  #open(
    config: string,
    context: LanguageContext,
    techDocsCore: TechDocsCoreVersion | undefined,
  ): OpenSite {
    const known = this.#sites.get(config);
    if (known && known.techDocsCore === techDocsCore) return known;
    const { clock } = this.#deps;
    const { files: fileSystem, catalog } = context;
    const folder = dirnameUri(config);
    const reader = new SiteReader(
      {
        id: folder,
        name: basenameUri(folder),
        folder,
        origin: 'mkdocs',
        config,
        entityRefs: [],
        sharedWith: [],
      },
      {
        fileSystem,
        clock,
        readHeading,
        boundary: context.boundaryOf(config),
        // Not trusted: the server doesn't know whether the folder is.
        environment: new Map(),
        repository: undefined,
        generator: () => Promise.resolve(defaultGeneratorOptions),
        techDocsCore: () => techDocsCore,
      },
    );
    const hasEntity = (ref: string): boolean => !catalog.isReady || catalog.has(ref);
    const site = {
      techDocsCore,
      reader,
      checker: new DocsChecker({ fileSystem, clock, hasEntity }),
    };
    this.#sites.set(config, site);
    return site;
  }
}

const refusalOf = (refusal: HeadingRefusal): string => headingRefusal(refusal, text => text);

/** Yields the configs above a file. */
function configsOf(uri: string, context: LanguageContext): AsyncGenerator<string> {
  return configsAbove(uri, context.files, context.boundaryOf(uri));
}

const ITEM_KINDS: Readonly<Record<DocsChoice['type'], CompletionItemKind>> = {
  page: CompletionItemKind.File,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  area: CompletionItemKind.Folder,
  anchor: CompletionItemKind.Reference,
  entity: CompletionItemKind.Reference,
};

function* linkedEntities({ catalog }: LanguageContext): Generator<LinkedEntity> {
  for (const entity of catalog.entities()) {
    yield { ref: entity.ref, title: entity.title, hasDocs: hasDocs(entity) };
  }
}

function changeOf(
  fix: DocsFix,
  text: TextRequest['text'],
  { start, end }: { start: number; end: number },
): EditedFile {
  if (fix.type === 'create') return { uri: fix.file, content: fix.text };
  if (fix.type === 'replace') {
    return { uri: text.uri, text: text.text, edits: [{ start, end, text: fix.text }] };
  }
  return { uri: fix.file, text: fix.before, edits: [{ ...fix.at, text: fix.text }] };
}

function titleOf(fix: DocsFix): string {
  switch (fix.type) {
    case 'replace':
      return translate('Change to "{0}"', fix.text);
    case 'create':
      return translate('Create page {0}', fix.path);
    case 'addToNav':
      return translate('Add page to navigation');
  }
}

async function isFile(uri: string, { files }: Pick<LanguageContext, 'files'>): Promise<boolean> {
  const stat = await files.stat(uri).catch(() => undefined);
  return stat?.type === 'file';
}

function editOfDocs(
  edits: readonly DocsEdit[],
  { hasDocumentChanges }: Pick<ClientEdits, 'hasDocumentChanges'>,
): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { file, range, text } of edits) {
    (changes[file] ??= []).push(TextEdit.replace(range, text));
  }
  if (!hasDocumentChanges) return { changes };
  return {
    documentChanges: Object.entries(changes).map(([uri, own]) =>
      TextDocumentEdit.create({ uri, version: null }, own),
    ),
  };
}
