import {
  type BulkUnregistration,
  BulkRegistration,
  CodeActionKind,
  CodeActionRequest,
  CompletionRequest,
  type Connection,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentFilter,
  DocumentHighlightRequest,
  HoverRequest,
  ReferencesRequest,
  SemanticTokensRegistrationType,
  type TextDocumentRegistrationOptions,
} from 'vscode-languageserver';
import {
  basenameUri,
  compareCodeUnits,
  type Disposable,
  dirnameUri,
  DisposableStore,
  type Logger,
} from '../../base';
import type { CatalogEntity, LanguageContext } from '../../features/authoring/language';
import type { SkeletonUses } from '../../features/templates/language';
import type { CatalogSource } from '../catalog/catalogSource';
import { capabilities } from '../requests/capabilities';
import { OpenTexts } from './openTexts';

export interface SkeletonDocumentsDeps {
  readonly connection: Connection;
  readonly context: LanguageContext;
  readonly source: CatalogSource;
  readonly skeletons: SkeletonUses;
  readonly logger: Logger;
  /** Whether the client supports dynamic registration of documents. */
  readonly canAsk: boolean;
}

/**
 * Registers for the skeleton files that aren't YAML and that the client doesn't send yet: those in skeleton folders of
 * the catalog's Templates, by their file extensions. Answers only a few requests for them, because they belong to other
 * language extensions.
 */
export class SkeletonDocuments implements Disposable {
  readonly #deps: SkeletonDocumentsDeps;
  readonly #store = new DisposableStore();
  readonly #stopped = new AbortController();
  /** The Templates at the time of the last registration. */
  #templates: ReadonlySet<CatalogEntity> = new Set();
  #isRunning = false;
  #registered: { readonly filters: string; readonly undo: BulkUnregistration } | undefined;

  constructor(deps: SkeletonDocumentsDeps) {
    this.#deps = deps;
    this.#store.add(deps.source.onDidSettle(() => void this.#updateRegistration()));
  }

  dispose(): void {
    this.#stopped.abort();
    this.#store.dispose();
  }

  /** Registers again if Templates have changed: unchanged entities stay the same objects. */
  async #updateRegistration(): Promise<void> {
    if (this.#isRunning || !this.#deps.context.catalog.isReady) return;
    this.#isRunning = true;
    try {
      while (!this.#stopped.signal.aborted) {
        const templates = new Set(this.#deps.context.catalog.entities('Template'));
        const known = this.#templates;
        if (templates.size === known.size && [...templates].every(one => known.has(one))) break;
        this.#templates = templates;
        if (this.#deps.canAsk) await this.#register();
      }
    } catch (error) {
      this.#deps.logger.error("Can't register for skeleton files", error);
    } finally {
      this.#isRunning = false;
    }
  }

  async #register(): Promise<void> {
    const { skeletons, context, connection } = this.#deps;
    const { signal } = this.#stopped;
    const documentSelector = filtersFor(await skeletons.renderedFiles(context, signal));
    const filters = JSON.stringify(documentSelector);
    if (signal.aborted || filters === (this.#registered?.filters ?? '[]')) return;
    this.#registered?.undo.dispose();
    this.#registered = undefined;
    if (!documentSelector.length) return;
    const bulk = BulkRegistration.create();
    bulk.add(DidOpenTextDocumentNotification.type, { documentSelector });
    bulk.add(DidChangeTextDocumentNotification.type, {
      documentSelector,
      syncKind: OpenTexts.syncKind,
    });
    bulk.add(DidCloseTextDocumentNotification.type, { documentSelector });
    bulk.add(CompletionRequest.type, { documentSelector, triggerCharacters: TRIGGERS });
    for (const { type } of [
      HoverRequest,
      DefinitionRequest,
      ReferencesRequest,
      DocumentHighlightRequest,
    ]) {
      bulk.add<TextDocumentRegistrationOptions>(type, { documentSelector });
    }
    const codeActionKinds = [CodeActionKind.QuickFix];
    bulk.add(CodeActionRequest.type, { documentSelector, codeActionKinds });
    const { semanticTokensProvider } = capabilities;
    if (semanticTokensProvider) {
      bulk.add(SemanticTokensRegistrationType.type, {
        ...semanticTokensProvider,
        documentSelector,
      });
    }
    this.#registered = { filters, undo: await connection.client.register(bulk) };
  }
}

const TRIGGERS = ['.', '|', "'", '"', ' ', '{'];

/** Returns filters for files, by folder and extension, without YAML. */
export function filtersFor(uris: Iterable<string>): DocumentFilter[] {
  const found = new Map<string, Set<string>>();
  for (const uri of uris) {
    const name = basenameUri(uri);
    if (/\.ya?ml$/i.test(name)) continue;
    const ending = /[^.](\.[\w-]+)$/.exec(name)?.[1];
    const pattern = ending === undefined ? name : `*${ending}`;
    // Skips folders and extensions with glob characters.
    if (!/^[\w.*@-]+$/.test(pattern)) continue;
    const folder = dirnameUri(uri);
    found.set(folder, (found.get(folder) ?? new Set()).add(pattern));
  }
  return [...found]
    .sort(([a], [b]) => compareCodeUnits(a, b))
    .map(([baseUri, patterns]) => {
      const [only, ...others] = [...patterns].sort(compareCodeUnits);
      const pattern = others.length ? `{${[only, ...others].join(',')}}` : (only ?? '');
      return { scheme: 'file', pattern: { baseUri, pattern } };
    });
}
