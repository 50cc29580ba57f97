import * as vscode from 'vscode';
import type { CatalogSourceScope } from '../../../api';
import { isRecord } from '../../../base';
import type { JsonObject } from '../../../model';
import { inspectSetting, mayWorkspaceSet, readSetting } from '../../../platform/vscode/trust';
import { readCatalogOptions } from '../../catalog/core';
import { readSources, type SourceConfig } from '../core';
import { SOURCES_SETTING as SETTING, writeSources, writtenSources } from './writtenSources';

/** In the order of conflicts: what is written for one workspace is closer to it. */
const SCOPES: readonly CatalogSourceScope[] = ['workspace', 'user'];

export interface ReadSettings {
  /** Each once, also where both settings name it. */
  readonly configs: readonly SourceConfig[];
  /** The settings that name each, by its id. */
  readonly scopes: ReadonlyMap<string, readonly CatalogSourceScope[]>;
  /** In sentences that say whose settings they are about. */
  readonly problems: readonly string[];
}

/** What the settings say by now. */
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

/** Names of kinds that the settings declare. */
function customKinds(): readonly string[] {
  const { options } = readCatalogOptions(key => readSetting(key));
  return options.customKinds.map(({ kind }) => kind);
}

/** What is wrong with one source, in sentences about it. */
export function checkSource(source: JsonObject): readonly string[] {
  const { problems } = readSources([source], customKinds());
  const beginning = `Source 1 of ${SETTING} `;
  return problems.map(problem => {
    const rest = problem.startsWith(beginning) ? problem.slice(beginning.length) : problem;
    return rest.charAt(0).toUpperCase() + rest.slice(1);
  });
}

/**
 * Writes a source behind those that are there.
 *
 * @throws TypeError with what is wrong with it; Error in words for people where it would take the place of something
 */
export async function addSource(source: JsonObject, scope: CatalogSourceScope): Promise<void> {
  const [problem] = checkSource(source);
  if (problem !== undefined) throw new TypeError(problem);
  // What an untrusted workspace has is not read, and would be gone.
  if (scope === 'workspace' && !mayWorkspaceSet(SETTING)) {
    throw new Error(
      vscode.l10n.t('The settings of a workspace can have sources once the workspace is trusted.'),
    );
  }
  const value = inspectSetting(SETTING)[scope];
  if (value !== undefined && value !== null && !Array.isArray(value)) {
    throw new Error(
      scope === 'user'
        ? vscode.l10n.t('{0} in the user settings is no list. Mend that first.', SETTING)
        : vscode.l10n.t('{0} in the workspace settings is no list. Mend that first.', SETTING),
    );
  }
  const written = writtenSources()[scope];
  const id = idOf(source);
  if (written.some(other => idOf(other) === id)) {
    throw new Error(
      scope === 'user'
        ? vscode.l10n.t('The user settings have this source already.')
        : vscode.l10n.t('The workspace settings have this source already.'),
    );
  }
  await writeSources(scope, [...written, source]);
}

/**
 * Replaces the `allow` list of a source, wherever it is written.
 *
 * @throws Error in words for people where no setting names the source
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

/** Takes a source out of the settings, wherever it is written. */
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
