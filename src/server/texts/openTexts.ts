import { type TextDocument, TextDocument as Text } from 'vscode-languageserver-textdocument';
import { type Connection, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  formatUri,
  parseUri,
  translate,
} from '../../base';
import { YamlText } from '../../features/authoring/language';
import type { EditedTexts } from '../../platform/core/files';

export interface OpenText {
  /** The URI as the client spells it. */
  readonly clientUri: string;
  readonly languageId: string;
  readonly yaml: YamlText;
}

/** Whether a text is YAML by its language or its file name, since some clients use other languages. */
export function isYaml({ languageId, yaml }: OpenText): boolean {
  return /ya?ml/i.test(languageId) || /\.ya?ml$/i.test(yaml.uri);
}

/** The client's open documents as YAML, by canonical URI. */
export class OpenTexts implements EditedTexts, Disposable {
  static readonly syncKind = TextDocumentSyncKind.Incremental;
  #documents = new TextDocuments<TextDocument>(Text);
  #texts = new Map<string, OpenText>();
  #store = new DisposableStore();
  #onDidOpen = this.#store.add(new Emitter<string>());
  #onDidChange = this.#store.add(new Emitter<string>());
  #onDidClose = this.#store.add(new Emitter<OpenText>());

  readonly onDidOpen = this.#onDidOpen.event;
  /** Fires for the first text as well. */
  readonly onDidChange = this.#onDidChange.event;
  /** Fires when a document is closed. */
  readonly onDidClose = this.#onDidClose.event;

  constructor(connection: Connection) {
    this.#documents.onDidOpen(({ document }) => {
      const uri = this.#update(document);
      if (uri !== undefined) this.#onDidOpen.fire(uri);
    });
    this.#documents.onDidChangeContent(({ document }) => {
      const uri = this.#update(document);
      if (uri !== undefined) this.#onDidChange.fire(uri);
    });
    this.#documents.onDidClose(({ document }) => {
      const uri = canonicalUri(document.uri);
      const text = uri === undefined ? undefined : this.#texts.get(uri);
      if (uri === undefined || !text) return;
      this.#texts.delete(uri);
      this.#onDidClose.fire(text);
    });
    const listening = this.#documents.listen(connection);
    this.#store.add({ dispose: () => listening.dispose() });
  }

  uris(): Iterable<string> {
    return this.#texts.keys();
  }

  get(uri: string): OpenText | undefined {
    return this.#texts.get(uri);
  }

  /** Finds a text by the client's URI. */
  find(clientUri: string): OpenText | undefined {
    const uri = canonicalUri(clientUri);
    return uri === undefined ? undefined : this.#texts.get(uri);
  }

  getText(uri: string): string | undefined {
    return this.#texts.get(uri)?.yaml.text;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #update(document: TextDocument): string | undefined {
    const uri = canonicalUri(document.uri);
    if (uri === undefined) return undefined;
    const before = this.#texts.get(uri);
    const { version, languageId } = document;
    const text: unknown = document.getText();
    if (typeof text !== 'string') return undefined;
    // Opening a document fires twice.
    if (before && before.yaml.version === version && before.clientUri === document.uri) return uri;
    const yaml = new YamlText({ uri, version, text }, before?.yaml);
    this.#texts.set(uri, { clientUri: document.uri, languageId, yaml });
    return uri;
  }
}

/**
 * Returns the canonical spelling of a client's URI; undefined unless it is a file or an untitled text. Drive letters
 * are lowercase, as clients disagree.
 */
export function canonicalUri(uri: string): string | undefined {
  try {
    const { path, ...rest } = parseUri(hierarchical(uri.replace(/[?#].*$/s, '')));
    return formatUri({
      ...rest,
      path: path.replace(/^\/[A-Z]:/, drive => drive.toLowerCase()),
    });
  } catch {
    // Not a URI: the client's text isn't from a file.
    return undefined;
  }
}

/** Whether a text isn't saved in a file yet, so that file edits can't refer to it. */
export function isUntitled(uri: string): boolean {
  return uri.startsWith('untitled:');
}

/** Normalizes URIs of untitled texts, which have only a name, or the path to save them under. */
function hierarchical(uri: string): string {
  return uri.replace(/^untitled:(?!\/\/)\/?/, 'untitled:///');
}

/** Fetches a text over the network; rejects on failure. */
export type FetchText = (url: string, signal: AbortSignal) => Promise<string>;

/** The maximum length in characters. */
const LONGEST = 4_000_000;

/**
 * Fetches with the platform's `fetch`. The caller has checked the host; a redirect may lead to another host and is
 * rejected.
 */
export const fetchText: FetchText = async (url, signal) => {
  const response = await fetch(url, { signal, redirect: 'error', credentials: 'omit' });
  if (!response.ok)
    throw new Error(translate('{0} responded with status {1}', url, response.status));
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LONGEST)
      throw new Error(translate('{0} exceeds the size limit for schemas', url));
  }
  return text + decoder.decode();
};
