import { dirnameUri, EMPTY_RANGE, isWithin, joinUri } from '../../../../base';
import type { Environment } from '../../../appConfig';
import type { LocalRead } from '../../../files';
import type { SiteProblems } from '../siteProblems';
import { type ConfigMap, type ConfigPlace, isAbsent, mergeMaps, stringOf } from './configNode';
import { readYaml } from './readYaml';

/** TechDocs looks for them in this order. */
export const CONFIG_NAMES = ['mkdocs.yaml', 'mkdocs.yml'];

/** What is shown where there is neither a config nor a folder `docs`. */
export const README_NAMES = ['README.md', 'readme.md'];

/** Larger configs are not read, in bytes. */
export const MAX_CONFIG = 1024 * 1024;

export interface LoadConfigOptions {
  /** Reads a text; never one outside of the repository. */
  readonly read: (uri: string) => Promise<LocalRead>;
  readonly environment: Environment;
  /** URI of the folder that nothing may lead out of. */
  readonly boundary: string;
  readonly problems: SiteProblems;
}

/** The start of a file. */
export function fileStart(file: string): ConfigPlace {
  return { file, range: EMPTY_RANGE };
}

export const emptyConfig = (file: string): ConfigMap => ({
  type: 'map',
  place: fileStart(file),
  entries: new Map(),
});

/**
 * A config with all that it inherits, its own values before those.
 *
 * Source: `yaml_load` of `mkdocs.utils.yaml`.
 *
 * @returns undefined where there is no such file, or it holds something else
 */
export async function loadConfig(
  uri: string,
  options: LoadConfigOptions,
  ancestors: readonly string[] = [],
): Promise<ConfigMap | undefined> {
  const { read, environment, problems } = options;
  const found = await read(uri);
  if (found.type !== 'text') {
    if (found.type === 'failed') {
      problems.add('mkdocs-invalid', `It cannot be read: ${found.message}`, {
        place: fileStart(uri),
      });
    }
    return undefined;
  }
  const { node, issues, written } = readYaml(found.text, uri, environment);
  for (const [value, source] of written) problems.quote(value, source);
  for (const { message, range } of issues) {
    problems.add('mkdocs-invalid', message, { place: { file: uri, range } });
  }
  if (!node || isAbsent(node)) return emptyConfig(uri);
  if (node.type !== 'map') {
    const message = 'The configuration is invalid. Expected a key-value mapping';
    problems.add('mkdocs-invalid', message, { place: node.place });
    return emptyConfig(uri);
  }
  const inherited = node.entries.get('INHERIT')?.value;
  if (!inherited) return node;
  const entries = new Map(node.entries);
  entries.delete('INHERIT');
  const own = { ...node, entries };
  const path = stringOf(inherited);
  const parent =
    path === undefined
      ? undefined
      : await loadParent(joinUri(dirnameUri(uri), path), options, [...ancestors, uri]);
  if (typeof parent === 'object') return mergeMaps(parent, own);
  const message = parent ?? `Inherited config file '${path ?? ''}' does not exist.`;
  problems.add(
    parent === undefined ? 'mkdocs-inherit-missing' : 'docs-outside-repository',
    message,
    { place: inherited.place },
  );
  return own;
}

/** The config; undefined where there is none, or a text that says why it may not be read. */
async function loadParent(
  uri: string,
  options: LoadConfigOptions,
  ancestors: readonly string[],
): Promise<ConfigMap | string | undefined> {
  if (!isWithin(options.boundary, uri)) {
    return 'The inherited config lies outside of the repository and is not read.';
  }
  // One that inherits itself never comes to an end in MkDocs.
  if (ancestors.includes(uri)) return undefined;
  const { type } = await options.read(uri);
  if (type === 'outside') {
    return 'The inherited config lies outside of the repository and is not read.';
  }
  return loadConfig(uri, options, ancestors);
}
