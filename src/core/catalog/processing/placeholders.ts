import type { FileSystem } from '../../ports';
import type { FieldPath } from '../ingest/yamlDocument';
import { parseYamlDocuments } from '../ingest/yamlDocuments';
import { bundleReferences } from './bundleReferences';
import { readWithin } from '../../files';
import { resolveReference } from '../../targets';

export interface PlaceholderIssue {
  readonly code: 'placeholder-invalid' | 'placeholder-missing' | 'placeholder-not-read';
  readonly message: string;
  /** Of the placeholder's value. */
  readonly path: FieldPath;
}

export interface PlaceholderResult {
  /** The value with every placeholder replaced that could be read; the input where there is none. */
  readonly value: unknown;
  readonly issues: readonly PlaceholderIssue[];
  /** Paths of the placeholders that still stand in the value. */
  readonly unread: readonly FieldPath[];
  /** URIs of all files that the value was made from, or would be if they existed. */
  readonly dependencies: readonly string[];
}

export interface PlaceholderContext {
  readonly fileSystem: FileSystem;
  /** URI of the file that the value stands in. */
  readonly base: string;
  /** The folder that nothing is read outside of. */
  readonly boundary: string;
  /** In bytes. */
  readonly maxFileSize: number;
}

/**
 * Replaces `$text`, `$json`, `$yaml`, `$openapi` and `$asyncapi`: objects with exactly that one key.
 * Any other key with a `$` is left alone, and so is what stands beside it.
 *
 * Source: PlaceholderProcessor (`plugins/catalog-backend`), messages included. Unlike the server,
 * it resolves them beside local files; and a file that is missing or on another machine leaves the
 * placeholder as it is, with a warning, instead of failing the entity.
 */
export async function resolvePlaceholders(
  value: unknown,
  context: PlaceholderContext,
): Promise<PlaceholderResult> {
  if (!holdsPlaceholder(value)) return { value, issues: [], unread: [], dependencies: [] };
  const resolution = new Resolution(context);
  const replaced = await resolution.visit(value, []);
  return {
    value: replaced,
    issues: resolution.issues,
    unread: resolution.unread,
    dependencies: [...resolution.dependencies],
  };
}

/**
 * What a server makes of the placeholders of a `file` location: from a path and a relative reference
 * it can form no URL, and it reads from few hosts, so that the first placeholder fails the entity.
 * Those that it would read from the web are left in the value. Messages are the server's.
 */
export function refusePlaceholders(
  value: unknown,
  {
    path: base,
    isReadable,
  }: {
    /** Of the file that the value stands in. */
    readonly path: string;
    readonly isReadable: (url: string) => boolean;
  },
): PlaceholderResult {
  const issues: PlaceholderIssue[] = [];
  const unread: FieldPath[] = [];
  for (const { key, reference, path } of placeholdersOf(value, [])) {
    // The other two take a module of the server; without it they are values like any other.
    if (key === '$openapi' || key === '$asyncapi') continue;
    issues.push({ ...refusal(key, reference, { base, isReadable }), path: [...path, key] });
    unread.push(path);
  }
  return { value, issues, unread, dependencies: [] };
}

function refusal(
  key: PlaceholderKey,
  reference: unknown,
  { base, isReadable }: { base: string; isReadable: (url: string) => boolean },
): Omit<PlaceholderIssue, 'path'> {
  const code = 'placeholder-invalid';
  if (typeof reference !== 'string') return { code, message: expectedString(key) };
  if (!URL.canParse(reference)) {
    const why = reference.startsWith('/') ? 'Error: URL parsing failed.' : 'TypeError: Invalid URL';
    const message = `Placeholder ${key} could not form a URL out of ${base} and ${reference}, ${why}`;
    return { code, message };
  }
  if (isReadable(reference))
    return { code: 'placeholder-not-read', message: notRead(key, reference) };
  const message = `Placeholder ${key} could not read location ${reference}, NotAllowedError: ${readingNotAllowed(reference)}`;
  return { code, message };
}

/** What a server says of a URL that it has neither an integration nor a permission for. */
export function readingNotAllowed(url: string): string {
  return `Reading from '${url}' is not allowed. You may need to configure an integration for the target host, or add it to the configured list of allowed hosts at 'backend.reading.allow'`;
}

function notRead(key: PlaceholderKey, reference: string): string {
  return `Placeholder ${key} leads to ${reference}, which is not read: only files of this repository are`;
}

/** In the order in which they are written. */
function* placeholdersOf(
  value: unknown,
  path: FieldPath,
): Generator<{ key: PlaceholderKey; reference: unknown; path: FieldPath }> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* placeholdersOf(item, [...path, index]);
    return;
  }
  const key = placeholderKey(value);
  if (key) yield { key, reference: (value as Record<string, unknown>)[key], path };
  const entries = Object.entries(value);
  if (entries.some(([name]) => name.startsWith('$'))) return;
  for (const [name, item] of entries) yield* placeholdersOf(item, [...path, name]);
}

function expectedString(key: PlaceholderKey): string {
  return `Placeholder ${key} expected a string value parameter, in the form of an absolute URL or a relative path`;
}

const KEYS = ['$text', '$json', '$yaml', '$openapi', '$asyncapi'] as const;
type PlaceholderKey = (typeof KEYS)[number];

function placeholderKey(value: object): PlaceholderKey | undefined {
  const keys = Object.keys(value);
  return keys.length === 1 ? KEYS.find(key => key === keys[0]) : undefined;
}

function holdsPlaceholder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsPlaceholder);
  return placeholderKey(value) !== undefined || Object.values(value).some(holdsPlaceholder);
}

/** Thrown inside the resolution of one placeholder and caught there. */
class PlaceholderError extends Error {
  constructor(
    readonly code: PlaceholderIssue['code'],
    message: string,
  ) {
    super(message);
  }
}

class Resolution {
  readonly issues: PlaceholderIssue[] = [];
  readonly unread: FieldPath[] = [];
  readonly dependencies = new Set<string>();
  #context: PlaceholderContext;

  constructor(context: PlaceholderContext) {
    this.#context = context;
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
    return key ? this.#replace(value, key, path) : value;
  }

  async #replace(placeholder: object, key: PlaceholderKey, path: FieldPath): Promise<unknown> {
    const reference: unknown = (placeholder as Record<string, unknown>)[key];
    try {
      if (typeof reference !== 'string') {
        throw new PlaceholderError('placeholder-invalid', expectedString(key));
      }
      const { text, uri } = await this.#read(key, reference, this.#context.base);
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

  async #read(
    key: PlaceholderKey,
    reference: string,
    base: string,
  ): Promise<{ text: string; uri: string }> {
    const { fileSystem, boundary, maxFileSize } = this.#context;
    const target = resolveReference(reference, { base, boundary });
    if (target.type === 'remote') {
      throw new PlaceholderError('placeholder-not-read', notRead(key, reference));
    }
    if (target.type === 'outside') throw outsideRepository(key, reference);
    this.dependencies.add(target.uri);
    const read = await readWithin(fileSystem, { uri: target.uri, boundary, maxSize: maxFileSize });
    switch (read.type) {
      case 'text':
        return { text: read.text, uri: target.uri };
      case 'outside':
        throw outsideRepository(key, reference);
      case 'missing':
        throw new PlaceholderError(
          'placeholder-missing',
          `Placeholder ${key} could not read location ${reference}, NotFoundError: there is no such file`,
        );
      case 'failed':
        throw new PlaceholderError(
          'placeholder-invalid',
          `Placeholder ${key} could not read location ${reference}, Error: ${read.message}`,
        );
    }
  }

  async #convert({
    key,
    reference,
    text,
    uri,
  }: {
    key: PlaceholderKey;
    reference: string;
    text: string;
    uri: string;
  }): Promise<unknown> {
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
        return this.#bundle({ key, reference, text, uri });
    }
  }

  async #bundle(file: {
    key: PlaceholderKey;
    reference: string;
    text: string;
    uri: string;
  }): Promise<string> {
    let stopped: PlaceholderError | undefined;
    try {
      const document = singleDocument(file.text);
      return await bundleReferences(document, file.uri, async (reference, base) => {
        try {
          const read = await this.#read(file.key, reference, base);
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

/** As `parse` of `yaml` does, within the bounds of descriptors. @throws Error */
function singleDocument(text: string): unknown {
  const [document, second] = parseYamlDocuments(text);
  const [fault] = document?.faults ?? [];
  if (fault) throw new Error(fault.message);
  if (second) throw new Error('Source contains multiple documents');
  return document?.value;
}

function invalid(message: string): PlaceholderError {
  return new PlaceholderError('placeholder-invalid', message);
}

function outsideRepository(key: PlaceholderKey, reference: string): PlaceholderError {
  return invalid(
    `Placeholder ${key} could not read location ${reference}, Error: Placeholder may only reference files from the same repository as the entity`,
  );
}
