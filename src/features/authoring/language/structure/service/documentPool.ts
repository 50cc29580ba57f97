import { TextDocument } from 'vscode-languageserver-textdocument';

/** Counts on for all services: what was read is kept by all of them together, URI and version alone tell. */
let version = 0;

/** How many documents of each schema are kept as they were read. */
const MAX_PER_SCHEMA = 4;

/**
 * Texts as yaml-language-server wants them: it keeps what it read by URI and version and for ever, and
 * chooses schemas by URI. So there are few URIs, which new texts take over, and each says its schema.
 */
export class DocumentPool {
  /** By schema, the one used last at the end. */
  readonly #documents = new Map<string, TextDocument[]>();

  /** @param schema - the name of it, a word */
  documentFor(schema: string, text: string): TextDocument {
    const documents = this.#documents.get(schema) ?? [];
    const known = documents.find(document => document.getText() === text);
    const oldest = documents.length < MAX_PER_SCHEMA ? undefined : documents[0];
    const uri = oldest?.uri ?? `callboard-part:/${schema}/${documents.length}.yaml`;
    const document = known ?? TextDocument.create(uri, 'yaml', ++version, text);
    const others = documents.filter(other => other.uri !== document.uri);
    this.#documents.set(schema, [...others, document]);
    return document;
  }

  /** What was read by schemas that have changed is read anew. */
  clear(): void {
    this.#documents.clear();
  }
}
