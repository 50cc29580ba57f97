import { isRecord, type Range } from '../../../../../base';
import { type Problem } from '../../../../../model';
import { KindRegistry } from '../../../../../model/validation';
import { isPattern } from '../../../../../platform/core/globs';
import type { Environment, FileSystem } from '../../../../../platform/core/ports';
import {
  asWritten,
  type ConfigIssue,
  readAppConfig,
  readScaffolderConfig,
  type ScaffolderConfig,
} from '../../../../appConfig/core';
import { parseYamlDocuments } from '../../ingest/yaml/yamlDocuments';
import { defaultCatalogOptions } from '../../options';
import { createProblem } from '../../problems/problemSeverities';
import { ConfinedFileSystem } from '../confinedFileSystem';
import { absoluteTarget, uriOfTarget } from '../locations/locationPath';
import { expandTarget } from '../locations/targetFiles';
import { backendFolderOf } from './backstageSetup';

export interface AppConfigFileDeps {
  readonly fileSystem: FileSystem;
  readonly environment: Environment;
  /** Names of kinds that rules can sensibly allow besides Backstage's own. */
  readonly kinds: readonly string[];
  /** URIs of the only folders that may be read; undefined: a target can lead anywhere. */
  readonly confinedTo?: readonly string[];
}

/** Where a target of an app-config leads: a file, or the page of a URL. */
export interface AppConfigLink {
  readonly range: Range;
  readonly uri: string;
}

/** The targets in the text of an app-config that lead to one place each. */
export async function appConfigLinks(
  { uri, text }: { uri: string; text: string },
  fileSystem: FileSystem,
): Promise<readonly AppConfigLink[]> {
  const [document] = parseYamlDocuments(text);
  const catalog = isRecord(document?.value) ? document.value['catalog'] : undefined;
  const locations = isRecord(catalog) ? catalog['locations'] : undefined;
  if (!document || !Array.isArray(locations)) return [];
  const folder = await backendFolderOf({ configs: [uri], locations: [] }, fileSystem);
  return locations.flatMap((location: unknown, index): AppConfigLink[] => {
    if (!isRecord(location) || typeof location['target'] !== 'string') return [];
    const { type, target } = location;
    if (typeof target !== 'string' || target.includes('${')) return [];
    const range = document.locate(['catalog', 'locations', index, 'target'], 'value');
    if (type === 'url') return /^https?:\/\//.test(target) ? [{ range, uri: target }] : [];
    if (type !== 'file' || isPattern(target)) return [];
    return [{ range, uri: uriOfTarget(target, folder) }];
  });
}

/**
 * What is wrong with the `catalog:` part of one app-config by itself, missing files included, for
 * those who do not look at the catalog that a Backstage with it would hold.
 */
export async function validateAppConfig(
  uri: string,
  { fileSystem: whole, environment, kinds, confinedTo }: AppConfigFileDeps,
): Promise<readonly Problem[]> {
  const fileSystem = confinedTo ? new ConfinedFileSystem(whole, confinedTo) : whole;
  const builtin = KindRegistry.builtin().knownKinds();
  const {
    catalog,
    issues,
    written: sources,
  } = await readAppConfig([uri], {
    fileSystem,
    environment,
    parse: parseYamlDocuments,
    maxFileSize: defaultCatalogOptions.maxFileSize,
    kinds: [...new Set([...builtin.map(({ kind }) => kind), ...kinds])],
  });
  const folder = await backendFolderOf({ configs: [uri], locations: [] }, fileSystem);
  const problems = issues.map(configProblem);
  for (const { type, target: written, place } of catalog.locations) {
    if (type !== 'file') continue;
    const target = absoluteTarget(written, folder);
    const { matches, error } = await expandTarget(target, folder, fileSystem);
    if (matches.length) continue;
    problems.push({
      code: 'location-target-missing',
      severity: 'error',
      message: asWritten(error ?? `file ${target} does not exist`, sources),
      file: place.file,
      document: 0,
      range: place.range,
    });
  }
  return problems;
}

export function configProblem({ code, message, place, suggestions }: ConfigIssue): Problem {
  const { file, range } = place;
  return createProblem(code, message, {
    file,
    document: 0,
    range,
    ...(suggestions && { suggestions }),
  });
}

/** What the configs of a Backstage (URIs) say of its scaffolder. */
export function scaffolderConfigOf(
  configs: readonly string[],
  deps: { readonly fileSystem: FileSystem; readonly environment: Environment },
): Promise<ScaffolderConfig> {
  return readScaffolderConfig(configs, {
    ...deps,
    parse: parseYamlDocuments,
    maxFileSize: defaultCatalogOptions.maxFileSize,
  });
}
