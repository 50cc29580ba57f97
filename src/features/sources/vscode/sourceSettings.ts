import * as vscode from 'vscode';
import type { CatalogSourceScope } from '../../../api';
import { capitalize, isRecord } from '../../../base';
import type { JsonObject } from '../../../model';
import { inspectSetting, mayWorkspaceSet, readSetting } from '../../../platform/vscode/trust';
import { readCatalogOptions } from '../../catalog/core';
import { readSources, type SourceConfig } from '../core';
import { SOURCES_SETTING as SETTING, writeSources, writtenSources } from './writtenSources';

/** In the order of conflicts: workspace settings come first. */
const SCOPES: readonly CatalogSourceScope[] = ['workspace', 'user'];

export interface ReadSettings {
  /** Unique, even if both settings name a source. */
  readonly configs: readonly SourceConfig[];
  /** Settings that name a source, by its id. */
  readonly scopes: ReadonlyMap<string, readonly CatalogSourceScope[]>;
  /** Sentences that name the settings. */
  readonly problems: readonly string[];
}

/** Reads the sources from the settings. */
export function readSettings(): ReadSettings {
  const configs = new Map<string, SourceConfig>();
  const scopes = new Map<string, readonly CatalogSourceScope[]>();
  const problems: string[] = [];
  const kinds = customKinds();
  const written = inspectSetting(SETTING);
  for (const scope of SCOPES) {
    const read = readSources(written[scope], kinds, `${SETTING} in the ${scope} settings`);
    problems.push(...read.problems);
    for (const config of read.configs) {
      if (!configs.has(config.id)) configs.set(config.id, config);
      scopes.set(config.id, [...(scopes.get(config.id) ?? []), scope]);
    }
  }
  return { configs: [...configs.values()], scopes, problems };
}

/** Reads the names of custom kinds from the settings. */
function customKinds(): readonly string[] {
  const { options } = readCatalogOptions(key => readSetting(key));
  return options.customKinds.map(({ kind }) => kind);
}

/** Validates a source. @returns sentences about it */
export function checkSource(source: JsonObject): readonly string[] {
  const { problems } = readSources([source], customKinds());
  const beginning = `Source 1 of ${SETTING} `;
  return problems.map(problem => {
    const rest = problem.startsWith(beginning) ? problem.slice(beginning.length) : problem;
    return capitalize(rest);
  });
}

/**
 * Appends a source to a setting.
 *
 * @throws TypeError with the problem of the source; Error with a message for users if it would replace something
 */
export async function addSource(source: JsonObject, scope: CatalogSourceScope): Promise<void> {
  const [problem] = checkSource(source);
  if (problem !== undefined) throw new TypeError(problem);
  // Workspace sources aren't read without trust, so writing would delete them.
  if (scope === 'workspace' && !mayWorkspaceSet(SETTING)) {
    throw new Error(vscode.l10n.t('Trust the workspace to add sources to its settings.'));
  }
  const value = inspectSetting(SETTING)[scope];
  if (value !== undefined && value !== null && !Array.isArray(value)) {
    throw new Error(
      scope === 'user'
        ? vscode.l10n.t('{0} in the user settings must be a list. Fix it first.', SETTING)
        : vscode.l10n.t('{0} in the workspace settings must be a list. Fix it first.', SETTING),
    );
  }
  const written = writtenSources()[scope];
  const id = idOf(source);
  if (written.some(other => idOf(other) === id)) {
    throw new Error(
      scope === 'user'
        ? vscode.l10n.t('The user settings already have this source.')
        : vscode.l10n.t('The workspace settings already have this source.'),
    );
  }
  await writeSources(scope, [...written, source]);
}

/**
 * Replaces the `allow` list of a source in all settings that name it.
 *
 * @throws Error with a message for users if no setting names the source
 */
export async function setAllowedKinds(id: string, kinds: readonly string[]): Promise<void> {
  const written = writtenSources();
  let isFound = false;
  for (const scope of SCOPES) {
    const changed = written[scope].map(source => {
      if (!isRecord(source) || idOf(source) !== id) return source;
      isFound = true;
      return { ...source, allow: kinds };
    });
    if (changed.some((source, at) => source !== written[scope][at]))
      await writeSources(scope, changed);
  }
  if (!isFound) throw new Error(vscode.l10n.t("This source isn't in your settings."));
}

/** Removes a source from all settings that name it. */
export async function removeSource(id: string): Promise<void> {
  const written = writtenSources();
  for (const scope of SCOPES) {
    const left = written[scope].filter(source => idOf(source) !== id);
    if (left.length < written[scope].length) await writeSources(scope, left);
  }
}

function idOf(source: unknown): string | undefined {
  return readSources([source]).configs[0]?.id;
}
