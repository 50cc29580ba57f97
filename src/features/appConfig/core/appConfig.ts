import { EMPTY_RANGE, isRecord } from '../../../base';
import type { DisabledLines } from '../../../model';
import type { Environment } from '../../../platform/core/ports';
import { type CatalogConfig, readCatalogConfig } from './catalogConfig';
import { type ConfigIssue, MAX_DEPTH, type ReadConfigDeps, readConfigFile } from './configFile';
import {
  asWritten,
  type ConfigNode,
  type ConfigPlace,
  mergeConfigs,
  type WrittenValues,
} from './configNode';

/** Merged contents of config files. */
interface ConfigFilesReading {
  /** Undefined if they are empty. */
  readonly node: ConfigNode | undefined;
  readonly issues: readonly ConfigIssue[];
  /** URIs of all files that were read, or would be if they existed. */
  readonly files: readonly string[];
  /** Lines with problem-disabling comments, by file URI. */
  readonly disabledLines: ReadonlyMap<string, DisabledLines>;
  readonly written: WrittenValues;
}

/**
 * Reads and merges config files, followed by `APP_CONFIG_…` variables. Without any config, the variables are
 * ignored.
 *
 * @param uris - in the order of the backend's `--config` options
 * @param keys - top-level keys to read
 * @param isOfInterest - whether to report issues at a key (undefined: of the whole file)
 */
export async function readConfigFiles(
  uris: readonly string[],
  {
    keys,
    isOfInterest,
    ...deps
  }: ReadConfigDeps & {
    readonly keys: readonly string[];
    readonly isOfInterest: (key: string | undefined) => boolean;
  },
): Promise<ConfigFilesReading> {
  const issues: ConfigIssue[] = [];
  const files = new Set<string>();
  const disabledLines = new Map<string, DisabledLines>();
  const written = new Map<string, string>();
  let merged: ConfigNode | undefined;
  for (const uri of uris) {
    const reading = await readConfigFile(uri, keys, deps);
    issues.push(...reading.issues.filter(({ key }) => isOfInterest(key)));
    for (const file of reading.files) files.add(file);
    for (const [file, lines] of reading.disabledLines) disabledLines.set(file, lines);
    for (const [value, source] of reading.written) written.set(value, source);
    merged = mergeConfigs(reading.node, merged);
  }
  const last = uris.at(-1);
  if (last !== undefined) {
    const place = { file: last, range: EMPTY_RANGE };
    const { node, issues: environmentIssues } = environmentConfig(deps.environment, keys, place);
    issues.push(...environmentIssues);
    merged = mergeConfigs(node, merged);
  }
  return { node: merged, issues, files: [...files], disabledLines, written };
}

const PREFIX = 'APP_CONFIG_';
const KEY_PART = /^[a-z][a-z0-9]*(?:[-_:][a-z0-9]+)*$/i;

/** Values of variables by key; a map stands for keys that only variable names contain. */
type Tree = Map<string, unknown>;

/**
 * Reads a config from `APP_CONFIG_…` variables: `APP_CONFIG_catalog_orphanStrategy` sets `catalog.orphanStrategy`.
 * A value is JSON, or else a text, without substitutions. Values that would keep a Backstage from starting are
 * issues.
 *
 * Source: `EnvConfigSource` of `packages/config-loader`, including messages.
 *
 * @param place - location of issues, because variables have no file
 */
function environmentConfig(
  environment: Environment,
  keys: readonly string[],
  place: ConfigPlace,
): { readonly node: ConfigNode | undefined; readonly issues: readonly ConfigIssue[] } {
  const issues: ConfigIssue[] = [];
  const root: Tree = new Map();
  for (const [name, value] of environment) {
    if (!value || !name.startsWith(PREFIX)) continue;
    const problem = put(root, name.slice(PREFIX.length), value);
    if (problem !== undefined) {
      issues.push({
        code: 'app-config-invalid',
        message: `In the environment variable ${name}: ${problem}`,
        place,
      });
    }
  }
  const wanted = new Map([...root].filter(([key]) => keys.includes(key)));
  return { node: wanted.size ? toNode(wanted, place, 0) : undefined, issues };
}

/** @returns the problem of the variable */
function put(root: Tree, key: string, text: string): string | undefined {
  const parts = key.split('_');
  if (parts.some(part => !KEY_PART.test(part))) return `Invalid env config key '${key}'`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Backstage takes what is no JSON as text, too.
    value = text;
  }
  let tree = root;
  for (const [index, part] of parts.slice(0, -1).entries()) {
    const existing = tree.get(part) ?? new Map<string, unknown>();
    const below = asTree(existing);
    if (!below) {
      const existingKey = parts.slice(0, index + 1).join('_');
      return `Could not nest config for key '${key}' under existing value '${existingKey}'`;
    }
    tree.set(part, below);
    tree = below;
  }
  const last = parts.at(-1) ?? '';
  if (tree.has(last)) return `Refusing to override existing config at key '${key}'`;
  if (value === null) {
    return `Failed to parse JSON-serialized config value for key '${key}', Error: value may not be null`;
  }
  tree.set(last, value);
  return undefined;
}

/** Returns a map for adding keys, also for an object that another variable contains. */
function asTree(value: unknown): Tree | undefined {
  if (value instanceof Map) return value as Tree;
  return isRecord(value) ? new Map(Object.entries(value)) : undefined;
}

function toNode(value: unknown, place: ConfigPlace, depth: number): ConfigNode | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) {
    return {
      type: 'list',
      place,
      items: value.flatMap((item: unknown) => toNode(item, place, depth + 1) ?? []),
    };
  }
  const tree = asTree(value);
  if (tree) {
    const entries = new Map<string, ConfigNode>();
    for (const [key, item] of tree) {
      const node = toNode(item, place, depth + 1);
      if (node) entries.set(key, node);
    }
    return { type: 'map', place, entries };
  }
  const isScalar =
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean';
  return isScalar ? { type: 'scalar', place, value } : undefined;
}

/** Catalog settings of a Backstage's configs. */
export interface AppConfig {
  readonly catalog: CatalogConfig;
  readonly issues: readonly ConfigIssue[];
  /** URIs of all files that were read, or would be if they existed. */
  readonly files: readonly string[];
  /** Lines with problem-disabling comments, by file URI. */
  readonly disabledLines: ReadonlyMap<string, DisabledLines>;
  /** Original text of substituted values, for messages. */
  readonly written: WrittenValues;
  /** Equal for configs with the same contents at the same positions. */
  readonly identity: string;
}

/** Keys to read. Other keys may contain secrets and names of files on the server. */
const KEYS = ['catalog', 'integrations', 'backend'];

/**
 * Reads and merges the configs of a Backstage, followed by `APP_CONFIG_…` variables. Without any config, the
 * variables are ignored.
 *
 * @param uris - config files in the order of the backend's `--config` options
 * @param deps.kinds - kinds that rules can reasonably allow
 */
export async function readAppConfig(
  uris: readonly string[],
  deps: ReadConfigDeps & { readonly kinds: readonly string[] },
): Promise<AppConfig> {
  const {
    node: merged,
    issues,
    files,
    disabledLines,
    written,
  } = await readConfigFiles(uris, {
    ...deps,
    keys: KEYS,
    // Other settings of the server, including secrets, don't matter here.
    isOfInterest: key => key === undefined || isOfCatalog(key),
  });
  const { config, issues: catalogIssues } = readCatalogConfig(merged, deps.kinds);
  const allIssues = [...issues, ...catalogIssues].map(issue => ({
    ...issue,
    message: asWritten(issue.message, written),
  }));
  const identity = JSON.stringify([merged, allIssues, files, disabledLines], (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value,
  );
  return { catalog: config, issues: allIssues, files, disabledLines, written, identity };
}

function isOfCatalog(key: string): boolean {
  return /^catalog(?:\.|\[|$)/.test(key);
}
