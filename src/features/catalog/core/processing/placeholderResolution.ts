import type { FieldPath } from '../ingest/yaml/yamlDocument';
import { parseYamlDocuments } from '../ingest/yaml/yamlDocuments';
import { bundleReferences } from './bundleReferences';

export interface PlaceholderIssue {
  readonly code: 'placeholder-invalid' | 'placeholder-missing' | 'placeholder-not-read';
  readonly message: string;
  /** Path of the placeholder's value. */
  readonly path: FieldPath;
}

export interface PlaceholderResult {
  /** Value with all readable placeholders replaced; the input if there are none. */
  readonly value: unknown;
  readonly issues: readonly PlaceholderIssue[];
  /** Paths of placeholders that remain in the value. */
  readonly unread: readonly FieldPath[];
  /** URIs of all files that were read, whether or not they exist. */
  readonly dependencies: readonly string[];
}

export interface PlaceholderResolution {
  /** URI or URL of the file with the value. */
  readonly base: string;
  readonly read: PlaceholderReading;
  /** Keys that are placeholders; default: all. */
  readonly keys?: ReadonlySet<PlaceholderKey>;
}

/**
 * Replaces `$text`, `$json`, `$yaml`, `$openapi` and `$asyncapi`: objects with exactly one such
 * key. Objects with other `$` keys, or with more keys, are unchanged.
 *
 * Source: PlaceholderProcessor (`plugins/catalog-backend`), messages included.
 */
export async function replacePlaceholdersIn(
  value: unknown,
  resolution: PlaceholderResolution,
): Promise<Omit<PlaceholderResult, 'dependencies'>> {
  if (!holdsPlaceholder(value)) return { value, issues: [], unread: [] };
  const visit = new Resolution(resolution);
  const replaced = await visit.visit(value, []);
  return { value: replaced, issues: visit.issues, unread: visit.unread };
}

function expectedString(key: PlaceholderKey): string {
  return `Placeholder ${key} expected a string value parameter, in the form of an absolute URL or a relative path`;
}

const KEYS = ['$text', '$json', '$yaml', '$openapi', '$asyncapi'] as const;
/** Placeholders that a server supports without a module. */
export const BUILTIN_KEYS: ReadonlySet<PlaceholderKey> = new Set(['$text', '$json', '$yaml']);
export type PlaceholderKey = (typeof KEYS)[number];

function placeholderKey(value: object): PlaceholderKey | undefined {
  const keys = Object.keys(value);
  return keys.length === 1 ? KEYS.find(key => key === keys[0]) : undefined;
}

function holdsPlaceholder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsPlaceholder);
  return placeholderKey(value) !== undefined || Object.values(value).some(holdsPlaceholder);
}

/** Thrown and caught while resolving one placeholder. */
export class PlaceholderError extends Error {
  constructor(
    readonly code: PlaceholderIssue['code'],
    message: string,
  ) {
    super(message);
  }
}

/** Content that a placeholder references. */
export interface ReadPlaceholder {
  readonly text: string;
  /** URI or URL of the content, the base of its own references. */
  readonly uri: string;
}

/**
 * Reads the content that a placeholder references.
 *
 * @param base - URI or URL of the file with the reference
 * @throws PlaceholderError
 */
export type PlaceholderReading = (
  key: PlaceholderKey,
  reference: string,
  base: string,
) => Promise<ReadPlaceholder>;

/** A placeholder with its content. */
interface PlaceholderFile extends ReadPlaceholder {
  readonly key: PlaceholderKey;
  readonly reference: string;
}

/** Replaces the placeholders of one document. */
class Resolution {
  readonly issues: PlaceholderIssue[] = [];
  readonly unread: FieldPath[] = [];
  readonly #options: PlaceholderResolution;

  constructor(options: PlaceholderResolution) {
    this.#options = options;
  }

  async visit(value: unknown, path: FieldPath): Promise<unknown> {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const [index, item] of value.entries())
        items.push(await this.visit(item, [...path, index]));
      return items;
    }
    const entries = Object.entries(value);
    if (!entries.some(([key]) => key.startsWith('$'))) {
      const visited: [string, unknown][] = [];
      for (const [key, item] of entries)
        visited.push([key, await this.visit(item, [...path, key])]);
      return Object.fromEntries(visited);
    }
    const key = placeholderKey(value);
    const { keys } = this.#options;
    return key && (!keys || keys.has(key)) ? this.#replace(value, key, path) : value;
  }

  async #replace(placeholder: object, key: PlaceholderKey, path: FieldPath): Promise<unknown> {
    const reference: unknown = (placeholder as Record<string, unknown>)[key];
    try {
      if (typeof reference !== 'string') {
        throw new PlaceholderError('placeholder-invalid', expectedString(key));
      }
      const { text, uri } = await this.#options.read(key, reference, this.#options.base);
      return await this.#convert({ key, reference, text, uri });
    } catch (error) {
      const issue =
        error instanceof PlaceholderError
          ? error
          : new PlaceholderError('placeholder-invalid', String(error));
      this.issues.push({ code: issue.code, message: issue.message, path: [...path, key] });
      this.unread.push(path);
      return placeholder;
    }
  }

  async #convert(file: PlaceholderFile): Promise<unknown> {
    const { key, reference, text } = file;
    switch (key) {
      case '$text':
        return text;
      case '$json':
        try {
          return JSON.parse(text) as unknown;
        } catch (error) {
          throw invalid(
            `Placeholder $json failed to parse JSON data at ${reference}, ${String(error)}`,
          );
        }
      case '$yaml':
        return parseSingleDocument(text, reference);
      case '$openapi':
      case '$asyncapi':
        return this.#bundle(file);
    }
  }

  async #bundle(file: PlaceholderFile): Promise<string> {
    let stopped: PlaceholderError | undefined;
    try {
      const document = singleDocument(file.text);
      return await bundleReferences(document, file.uri, async (reference, base) => {
        try {
          const read = await this.#options.read(file.key, reference, base);
          return { ...read, value: singleDocument(read.text) };
        } catch (error) {
          if (error instanceof PlaceholderError) stopped ??= error;
          throw error;
        }
      });
    } catch (error) {
      if (stopped && stopped.code !== 'placeholder-invalid') throw stopped;
      throw invalid(
        `Placeholder ${file.key} unable to bundle the file at ${file.reference}, ${String(error)}`,
      );
    }
  }
}

function parseSingleDocument(text: string, reference: string): unknown {
  const documents = parseYamlDocuments(text);
  const [document] = documents;
  if (!document || documents.length !== 1) {
    throw invalid(
      `Placeholder $yaml expected to find exactly one document of data at ${reference}, found ${documents.length}`,
    );
  }
  const [fault] = document.faults;
  if (fault) {
    throw invalid(
      `Placeholder $yaml found an error in the data at ${reference}, YAMLParseError: ${fault.message}`,
    );
  }
  return document.value;
}

/**
 * Parses like `parse` of `yaml`, with the limits of descriptors.
 *
 * @throws Error
 */
function singleDocument(text: string): unknown {
  const [document, second] = parseYamlDocuments(text);
  const [fault] = document?.faults ?? [];
  if (fault) throw new Error(fault.message);
  if (second) throw new Error('Source contains multiple documents');
  return document?.value;
}

export function invalid(message: string): PlaceholderError {
  return new PlaceholderError('placeholder-invalid', message);
}

export function outsideRepository(key: PlaceholderKey, reference: string): PlaceholderError {
  return invalid(
    `Placeholder ${key} could not read location ${reference}, Error: Placeholder may only reference files from the same repository as the entity`,
  );
}

/** Creates the error of a remote placeholder. */
export function notRead(key: PlaceholderKey, reference: string): PlaceholderError {
  return new PlaceholderError(
    'placeholder-not-read',
    `Placeholder ${key} leads to ${reference}, which is not read: only files of this repository are`,
  );
}
