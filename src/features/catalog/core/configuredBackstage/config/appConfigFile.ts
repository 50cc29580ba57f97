import { isRecord, type Range } from '../../../../../base';
import { type Problem, type Release } from '../../../../../model';
import { KindRegistry } from '../../../../../model/validation';
import { readableText } from '../../../../../platform/core/files';
import { isPattern } from '../../../../../platform/core/globs';
import type { Environment, FileSystem } from '../../../../../platform/core/ports';
import { asWritten, type ConfigIssue, readAppConfig } from '../../../../appConfig/core';
import { parseYamlDocuments } from '../../ingest/yaml/yamlDocuments';
import { defaultCatalogOptions } from '../../options';
import { releaseIssues } from '../../processing/releases';
import { createProblem } from '../../problems/problemSeverities';
import { ConfinedFileSystem } from '../confinedFileSystem';
import { absoluteTarget, uriOfTarget } from '../locations/locationPath';
import { expandTarget } from '../locations/targetFiles';
import { backendFolderOf } from './backstageSetup';

export interface AppConfigFileDeps {
  readonly fileSystem: FileSystem;
  readonly environment: Environment;
  /** Custom kinds that rules may allow. */
  readonly kinds: readonly string[];
  /** Release of the Backstage; undefined: the latest one. */
  readonly release?: Release | undefined;
  /** URIs of the only readable folders; undefined: no limit. */
  readonly confinedTo?: readonly string[];
}

/** A target in an app-config with its file or web page. */
export interface AppConfigLink {
  readonly range: Range;
  readonly uri: string;
}

/** Returns the targets in an app-config that are a single file or URL. */
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

/** Validates the `catalog:` part of one app-config, including missing files, without building the catalog. */
export async function validateAppConfig(
  uri: string,
  { fileSystem: whole, environment, kinds, release, confinedTo }: AppConfigFileDeps,
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
  problems.push(...(await outdatedSettings(uri, release, fileSystem)));
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

/** Reports settings that a release of Backstage deprecated or removed. */
export async function outdatedSettings(
  uri: string,
  release: Release | undefined,
  fileSystem: FileSystem,
): Promise<readonly Problem[]> {
  const text = await readableText(uri, fileSystem);
  const [document] = text === undefined ? [] : parseYamlDocuments(text);
  if (!document) return [];
  return releaseIssues(document.value, release, uri).map(({ code, message, path, at }) =>
    createProblem(code, message, { file: uri, document: 0, range: document.locate(path, at) }),
  );
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
