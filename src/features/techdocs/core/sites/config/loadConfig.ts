import { dirnameUri, EMPTY_RANGE, isWithin, joinUri } from '../../../../../base';
import type { LocalRead } from '../../../../../platform/core/files';
import type { Environment, FileSystem } from '../../../../../platform/core/ports';
import type { DocsProblemCode } from '../../docsSeverities';
import { type GeneratorOptions, isRefusedTag } from '../production/allowLists';
import { sanitizeConfig } from '../production/sanitizeConfig';
import type { SiteProblems } from '../siteProblems';
import {
  type ConfigMap,
  type ConfigNode,
  type ConfigPlace,
  isAbsent,
  mergeMaps,
  stringOf,
} from './configNode';
import { type ReadYaml, readYaml } from './readYaml';

/** In the order in which TechDocs looks for them. */
export const CONFIG_NAMES = ['mkdocs.yaml', 'mkdocs.yml'];

/**
 * Yields the URIs of configs above a file, the nearest first, one per folder.
 *
 * @param boundary - URI of the outermost folder to look in
 */
export async function* configsAbove(
  uri: string,
  fileSystem: Pick<FileSystem, 'stat'>,
  boundary?: string,
): AsyncGenerator<string, undefined> {
  for (let at = uri; dirnameUri(at) !== at; at = dirnameUri(at)) {
    const folder = dirnameUri(at);
    if (boundary !== undefined && !isWithin(boundary, folder)) return undefined;
    for (const name of CONFIG_NAMES) {
      const config = joinUri(folder, name);
      const stat = await fileSystem.stat(config).catch(() => undefined);
      if (stat?.type !== 'file') continue;
      yield config;
      break;
    }
  }
  return undefined;
}

/** Fallbacks if there is neither a config nor a `docs` folder. */
export const README_NAMES = ['README.md', 'readme.md'];

/** In bytes. Larger configs aren't read. */
export const MAX_CONFIG = 1024 * 1024;

export interface LoadConfigOptions {
  /** Reads a file, but none outside the repository. */
  readonly read: (uri: string) => Promise<LocalRead>;
  readonly environment: Environment;
  /** URI of the outermost folder to read from. */
  readonly boundary: string;
  readonly problems: SiteProblems;
  /**
   * Options of TechDocs' generator, which sanitizes the config and doesn't let it inherit;
   * undefined: as MkDocs.
   */
  readonly generator?: GeneratorOptions | undefined;
}

/** Returns the place at the start of a file. */
export function fileStart(file: string): ConfigPlace {
  return { file, range: EMPTY_RANGE };
}

export const emptyConfig = (file: string): ConfigMap => ({
  type: 'map',
  place: fileStart(file),
  entries: new Map(),
});

const unreadConfig = (file: string): ConfigMap => ({ ...emptyConfig(file), isIncomplete: true });

/** MkDocs itself fails at a few hundred. */
const MAX_INHERITED = 100;

/**
 * Loads a config with the values that it inherits. Its own values take precedence.
 *
 * Source: `yaml_load` of `mkdocs.utils.yaml`.
 *
 * @returns undefined if the file doesn't exist or isn't a map
 */
export async function loadConfig(
  uri: string,
  options: LoadConfigOptions,
): Promise<ConfigMap | undefined> {
  const own = await loadOwn(uri, options);
  if (!own) return undefined;
  if (options.generator) return sanitizeConfig(own.map, options.generator, options.problems);
  const configs = [own.map];
  const uris = new Set([uri]);
  for (let { inherits } = own, from = uri; inherits;) {
    const path = stringOf(inherits);
    const parent = path === undefined ? undefined : joinUri(dirnameUri(from), path);
    const refusal = parent === undefined ? undefined : await refusalOf(parent, uris, options);
    // MkDocs never terminates for a config that inherits itself.
    const isLoaded = parent !== undefined && !refusal && !uris.has(parent);
    const found = isLoaded ? await loadOwn(parent, options) : undefined;
    if (parent === undefined || !found) {
      const { code, message } = refusal ?? {
        code: 'mkdocs-inherit-missing',
        message: `Inherited config file '${path ?? ''}' does not exist.`,
      };
      options.problems.add(code, message, { place: inherits.place });
      break;
    }
    configs.push(found.map);
    uris.add(parent);
    from = parent;
    ({ inherits } = found);
  }
  return mergeMaps(configs);
}

interface OwnConfig {
  /** Without `INHERIT`, unless the generator removes it. */
  readonly map: ConfigMap;
  readonly inherits?: ConfigNode | undefined;
}

/** Loads a config without inherited values; undefined if the file doesn't exist. */
async function loadOwn(uri: string, options: LoadConfigOptions): Promise<OwnConfig | undefined> {
  const { read, environment, problems, generator } = options;
  const found = await read(uri);
  if (found.type === 'failed') {
    const place = fileStart(uri);
    problems.add('mkdocs-invalid', `Can't read this file: ${found.message}`, { place });
    return { map: unreadConfig(uri) };
  }
  if (found.type !== 'text') return undefined;
  const yaml = readYaml(found.text, uri, environment);
  const { node, issues, isIncomplete, written } = yaml;
  for (const [value, source] of written) problems.quote(value, source);
  for (const { message, range } of issues) {
    problems.add('mkdocs-invalid', message, { place: { file: uri, range } });
  }
  if (generator) reportRefusals(yaml, uri, problems);
  if (!node || isAbsent(node)) return { map: { ...emptyConfig(uri), isIncomplete } };
  if (node.type !== 'map') {
    const message = 'The configuration is invalid. Expected a key-value mapping';
    problems.add('mkdocs-invalid', message, { place: node.place });
    return { map: unreadConfig(uri) };
  }
  if (generator) return { map: { ...node, isIncomplete } };
  const entries = new Map(node.entries);
  entries.delete('INHERIT');
  return { map: { ...node, entries, isIncomplete }, inherits: node.entries.get('INHERIT')?.value };
}

/** Reports what makes TechDocs' generator fail although MkDocs accepts it. */
function reportRefusals(
  { tags, duplicateKeys }: ReadYaml,
  file: string,
  problems: SiteProblems,
): void {
  const fails = "TechDocs doesn't build this site:";
  for (const { tag, range } of tags) {
    if (!isRefusedTag(tag)) continue;
    const message = `${fails} Unsupported Python YAML tag '${tag}'`;
    problems.add('docs-config-refused', message, { place: { file, range } });
  }
  for (const { range } of duplicateKeys) {
    const message = `${fails} This key is in the same map twice.`;
    problems.add('docs-config-refused', message, { place: { file, range } });
  }
}

/** Returns why an inherited config isn't read; undefined if it is. */
async function refusalOf(
  uri: string,
  children: ReadonlySet<string>,
  { read, boundary }: LoadConfigOptions,
): Promise<{ readonly code: DocsProblemCode; readonly message: string } | undefined> {
  if (!isWithin(boundary, uri) || (await read(uri)).type === 'outside') {
    const message = "The inherited config is outside the repository and isn't read.";
    return { code: 'docs-outside-repository', message };
  }
  if (children.size <= MAX_INHERITED) return undefined;
  const message = `More than ${MAX_INHERITED} configs inherit from each other`;
  return { code: 'mkdocs-invalid', message };
}
