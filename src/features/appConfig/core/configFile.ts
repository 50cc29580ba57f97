import {
  basenameUri,
  dirnameUri,
  EMPTY_RANGE,
  errorMessage,
  isRecord,
  isWithin,
  joinUri,
  ownValue,
  type Range,
} from '../../../base';
import { type DisabledLines, findDisabledLines } from '../../../model';
import type { Environment, FileSystem } from '../../../platform/core/ports';
import type { ConfigNode, ConfigPlace, WrittenValues } from './configNode';

/** A parsed YAML document with what configs need; the catalog's documents have this shape. */
export interface ParsedYaml {
  readonly value: unknown;
  readonly isEmpty: boolean;
  readonly faults: readonly { readonly message: string; readonly range: Range }[];
  locate(path: readonly (string | number)[], at: 'key' | 'value'): Range;
}

export type ParseYaml = (text: string) => readonly ParsedYaml[];

/** A problem of a config with its position. */
export interface ConfigIssue {
  readonly code:
    | 'app-config-invalid'
    | 'app-config-variable'
    | 'app-config-kind'
    | 'app-config-location-type';
  readonly message: string;
  readonly place: ConfigPlace;
  /** Key of the value, such as `catalog.locations[0]`; undefined for a whole file. */
  readonly key?: string;
  readonly suggestions?: readonly string[];
}

export interface ReadConfigDeps {
  readonly fileSystem: FileSystem;
  readonly environment: Environment;
  readonly parse: ParseYaml;
  /** In bytes; larger files are not read. */
  readonly maxFileSize: number;
}

/** Contents of one config file. */
export interface ConfigFileReading {
  readonly node: ConfigNode | undefined;
  readonly issues: readonly ConfigIssue[];
  /** URIs of all files that were read, or would be if they existed. */
  readonly files: readonly string[];
  /** Lines with problem-disabling comments, by file URI. */
  readonly disabledLines: ReadonlyMap<string, DisabledLines>;
  readonly written: WrittenValues;
}

/**
 * Reads requested keys of a config file, with variables substituted and `$env`, `$file` and `$include` resolved.
 * Other keys are not read, so that missing server secrets are no issue.
 *
 * Source: `FileConfigSource` and `createConfigTransformer` of `packages/config-loader`.
 */
export async function readConfigFile(
  uri: string,
  keys: readonly string[],
  deps: ReadConfigDeps,
): Promise<ConfigFileReading> {
  const reading = new FileReading(uri, deps);
  const node = await reading.read(keys);
  const { issues, files, disabledLines, written } = reading;
  return { node, issues, files: [...files], disabledLines, written };
}

/** Document that contains a value. */
interface Source {
  readonly file: string;
  readonly folder: string;
  readonly document: ParsedYaml;
}

/** Position of a value in a document. */
interface Cursor {
  readonly source: Source;
  readonly path: readonly (string | number)[];
  /** Key in the config, for messages. */
  readonly key: string;
}

/** A value can't be read, which makes the whole file invalid for a Backstage. */
class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const INCLUDE_KEYS = ['$file', '$env', '$include'] as const;
type IncludeKey = (typeof INCLUDE_KEYS)[number];

/** Maximum nesting of includes. */
export const MAX_DEPTH = 100;
/** Maximum number of values, because includes and aliases can multiply them. */
const MAX_VALUES = 50_000;

/** Stops reading a file with endless values. */
class EndlessConfig extends Error {
  constructor(
    message: string,
    readonly place: ConfigPlace,
  ) {
    super(message);
  }
}

class FileReading {
  readonly issues: ConfigIssue[] = [];
  readonly files: Set<string>;
  readonly disabledLines = new Map<string, DisabledLines>();
  readonly written = new Map<string, string>();
  #uri: string;
  #deps: ReadConfigDeps;
  // By URI, because a file may be included many times.
  #texts = new Map<string, string>();
  #included = new Map<string, ParsedYaml | undefined>();
  #values = 0;

  constructor(uri: string, deps: ReadConfigDeps) {
    this.#uri = uri;
    this.#deps = deps;
    this.files = new Set([uri]);
  }

  async read(keys: readonly string[]): Promise<ConfigNode | undefined> {
    let document: ParsedYaml | undefined;
    try {
      document = this.#parse(await this.#readText(this.#uri), this.#uri);
    } catch (error) {
      this.#report({ file: this.#uri, range: EMPTY_RANGE }, errorMessage(error));
      return undefined;
    }
    if (!document) return undefined;
    const source = { file: this.#uri, folder: dirnameUri(this.#uri), document };
    const place = { file: this.#uri, range: document.locate([], 'value') };
    const { value } = document;
    if (!isRecord(value)) {
      this.#report(place, 'expected object at config root');
      return undefined;
    }
    const entries = new Map<string, ConfigNode>();
    try {
      for (const key of keys) {
        if (!Object.hasOwn(value, key)) continue;
        const node = await this.#transform(value[key], { source, path: [key], key }, 0);
        if (node) entries.set(key, node);
      }
    } catch (error) {
      if (!(error instanceof EndlessConfig)) throw error;
      this.#report(error.place, error.message);
      return undefined;
    }
    return { type: 'map', place, entries };
  }

  async #transform(
    written: unknown,
    cursor: Cursor,
    depth: number,
  ): Promise<ConfigNode | undefined> {
    if (depth > MAX_DEPTH) {
      throw new EndlessConfig(`${cursor.key} is nested too deeply`, placeOf(cursor));
    }
    if (++this.#values > MAX_VALUES) {
      throw new EndlessConfig(
        `${cursor.key} exceeds the maximum of ${MAX_VALUES} values in a config`,
        placeOf(cursor),
      );
    }
    if (typeof written === 'string') {
      const value = this.#substitute(written, cursor);
      return value === undefined ? undefined : this.#scalar(value, written, cursor);
    }
    if (isRecord(written)) {
      const include = INCLUDE_KEYS.find(key => Object.hasOwn(written, key));
      return include
        ? this.#include(written, include, cursor, depth)
        : this.#transformEntries(written, cursor, depth);
    }
    if (Array.isArray(written)) {
      const items: ConfigNode[] = [];
      for (const [index, item] of written.entries()) {
        const node = await this.#transform(item, below(cursor, index), depth + 1);
        if (node) items.push(node);
      }
      return { type: 'list', place: placeOf(cursor), items };
    }
    const isScalar =
      typeof written === 'number' || typeof written === 'boolean' || written === null;
    return isScalar ? { type: 'scalar', place: placeOf(cursor), value: written } : undefined;
  }

  async #transformEntries(
    written: Record<string, unknown>,
    cursor: Cursor,
    depth: number,
  ): Promise<ConfigNode> {
    const entries = new Map<string, ConfigNode>();
    for (const [key, item] of Object.entries(written)) {
      const node = await this.#transform(item, below(cursor, key), depth + 1);
      if (node) entries.set(key, node);
    }
    return { type: 'map', place: placeOf(cursor), entries };
  }

  async #include(
    written: Record<string, unknown>,
    key: IncludeKey,
    cursor: Cursor,
    depth: number,
  ): Promise<ConfigNode | undefined> {
    try {
      if (Object.keys(written).length !== 1) {
        throw new ConfigError(`include key ${key} should not have adjacent keys`);
      }
      const raw = written[key];
      if (typeof raw !== 'string') throw new ConfigError(`${key} include value is not a string`);
      const value = this.#substitute(raw, cursor);
      if (value === undefined) throw new ConfigError(`${key} substitution value was undefined`);
      switch (key) {
        case '$env':
          return this.#environmentNode(value, raw, cursor);
        case '$file': {
          const text = await this.#readText(await this.#resolve(value, cursor));
          return this.#scalar(text.trimEnd(), `$file: ${raw}`, cursor);
        }
        case '$include':
          return await this.#includeFile(value, cursor, depth);
      }
    } catch (error) {
      if (error instanceof EndlessConfig) throw error;
      const message = `error at .${cursor.key}, ${errorMessage(error)}`;
      this.#report(placeOf(cursor), message, cursor.key);
      return undefined;
    }
  }

  /** @throws ConfigError for paths outside the config's folder */
  async #resolve(path: string, { source }: Cursor): Promise<string> {
    const uri = joinUri(source.folder, path);
    const folder = dirnameUri(this.#uri);
    const { fileSystem } = this.#deps;
    const isInside =
      isWithin(folder, uri) &&
      isWithin(await fileSystem.realPath(folder), await fileSystem.realPath(uri));
    const isOfGit = uri.slice(folder.length).split('/').includes('.git');
    if (isInside && !isOfGit) return uri;
    const why = isInside ? 'is part of git' : 'is outside of the folder of the config';
    throw new ConfigError(`${path} ${why} and is not read`);
  }

  /** @param written - value as written */
  #scalar(value: string, written: string, cursor: Cursor): ConfigNode {
    if (value !== written) this.written.set(value, written);
    return { type: 'scalar', place: placeOf(cursor), value };
  }

  #environmentNode(name: string, written: string, cursor: Cursor): ConfigNode | undefined {
    const value = variable(this.#deps.environment, name);
    if (value === undefined) {
      this.#reportUnset(name, cursor);
      return undefined;
    }
    return this.#scalar(value, `$env: ${written}`, cursor);
  }

  async #includeFile(
    value: string,
    cursor: Cursor,
    depth: number,
  ): Promise<ConfigNode | undefined> {
    const hash = value.indexOf('#');
    const path = hash < 0 ? value : value.slice(0, hash);
    const dataPath =
      hash < 0
        ? []
        : value
            .slice(hash + 1)
            .split('.')
            .filter(Boolean);
    if (!/\.(?:json|ya?ml)$/.test(path)) {
      throw new ConfigError(`no configuration parser available for included file ${path}`);
    }
    const file = await this.#resolve(path, cursor);
    const document = await this.#parseIncluded(file, path);
    let included: unknown = document?.value;
    for (const [index, part] of dataPath.entries()) {
      if (!isRecord(included)) {
        const at = dataPath.slice(0, index).join('.');
        throw new ConfigError(`value at '${at}' in included file ${path} is not an object`);
      }
      included = ownValue(included, part);
    }
    if (!document || included === undefined) return undefined;
    const source = { file, folder: dirnameUri(file), document };
    // A further `$include` at the root of an included value isn't resolved, only below.
    const inside: Cursor = { source, path: dataPath, key: cursor.key };
    if (isRecord(included)) return this.#transformEntries(included, inside, depth + 1);
    return this.#transform(included, inside, depth + 1);
  }

  async #parseIncluded(file: string, name: string): Promise<ParsedYaml | undefined> {
    if (!this.#included.has(file)) {
      this.#included.set(file, this.#parse(await this.#readText(file), name));
    }
    return this.#included.get(file);
  }

  #substitute(text: string, cursor: Cursor): string | undefined {
    const { value, unset, used } = substitute(text, this.#deps.environment);
    for (const [name, part] of used) this.written.set(part, `\${${name}}`);
    for (const name of unset) this.#reportUnset(name, cursor);
    return value;
  }

  #reportUnset(name: string, cursor: Cursor): void {
    this.issues.push({
      code: 'app-config-variable',
      message: `The environment variable ${name} is not set, so ${cursor.key} is ignored`,
      place: placeOf(cursor),
      key: cursor.key,
    });
  }

  #report(place: ConfigPlace, message: string, key?: string): void {
    this.issues.push({ code: 'app-config-invalid', message, place, key });
  }

  /** Parses the only document of a text; undefined if it is empty. @throws ConfigError */
  #parse(text: string, name: string): ParsedYaml | undefined {
    const [document, second] = this.#deps.parse(text);
    const fault = document?.faults[0];
    if (fault) {
      if (name !== this.#uri)
        throw new ConfigError(`failed to parse included file ${name}, ${fault.message}`);
      this.#report({ file: this.#uri, range: fault.range }, fault.message);
      return undefined;
    }
    if (second) throw new ConfigError('Source contains multiple documents');
    return document?.isEmpty ? undefined : document;
  }

  async #readText(uri: string): Promise<string> {
    const known = this.#texts.get(uri);
    if (known !== undefined) return known;
    this.files.add(uri);
    const { fileSystem, maxFileSize } = this.#deps;
    const stat = await fileSystem.stat(uri);
    if (!stat) throw new ConfigError(`${basenameUri(uri)} does not exist`);
    if (stat.size > maxFileSize) {
      throw new ConfigError(`${basenameUri(uri)} is larger than ${maxFileSize} bytes`);
    }
    const text = new TextDecoder().decode(await fileSystem.readFile(uri));
    this.#texts.set(uri, text);
    this.disabledLines.set(uri, findDisabledLines(text));
    return text;
  }
}

function placeOf({ source, path }: Cursor): ConfigPlace {
  return { file: source.file, range: source.document.locate(path, 'value') };
}

function below({ source, path, key }: Cursor, part: string | number): Cursor {
  return {
    source,
    path: [...path, part],
    key: typeof part === 'number' ? `${key}[${part}]` : `${key}.${part}`,
  };
}

/** Returns the value of a variable, trimmed as in Backstage. */
function variable(environment: Environment, name: string): string | undefined {
  return environment.get(name)?.trim();
}

/** A text with `${VARIABLE}`s substituted, and the unset ones. */
interface Substitution {
  /** Undefined if a variable without a fallback is not set. */
  readonly value: string | undefined;
  readonly unset: readonly string[];
  /** Values of used variables by name. */
  readonly used: ReadonlyMap<string, string>;
}

/**
 * Substitutes `${NAME}` and `${NAME:-fallback}`; `$${NAME}` stands for a literal `${NAME}`. The fallback also
 * applies to empty variables; an empty fallback counts as none. Source: `createSubstitutionTransform` of
 * `packages/config-loader`.
 */
function substitute(text: string, environment: Environment): Substitution {
  const unset: string[] = [];
  const used = new Map<string, string>();
  const value = text.replace(/\$?\$\{[^{}]*\}/g, written => {
    if (written.startsWith('$$')) return written.slice(1);
    const separator = written.indexOf(':-');
    const name = written.slice(2, separator < 0 ? -1 : separator).trim();
    const fallback = separator < 0 ? '' : written.slice(separator + 2, -1).trim();
    const found = variable(environment, name);
    if (separator < 0 ? found !== undefined : found) {
      used.set(name, found ?? '');
      return found ?? '';
    }
    if (fallback) return fallback;
    unset.push(name);
    return '';
  });
  return { value: unset.length ? undefined : value, unset, used };
}
