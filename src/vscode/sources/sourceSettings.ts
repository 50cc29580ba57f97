import * as vscode from 'vscode';
import type { CatalogSourceScope } from '../../api';
import { readCatalogOptions } from '../../core/catalog';
import type { JsonObject } from '../../model';
import { readSources, type SourceConfig } from '../../core/sources';
import { sourcesInOrder, writeSources, writtenSources } from './writtenSources';

const SETTING = 'callboard.catalog.sources';

export interface ReadSettings {
  readonly configs: readonly SourceConfig[];
  readonly problems: readonly string[];
}

/** What the settings say by now. */
export function readSettings(): ReadSettings {
  return readSources(sourcesInOrder(writtenSources()), customKinds());
}

/** Names of kinds that the settings declare. */
function customKinds(): readonly string[] {
  const settings = vscode.workspace.getConfiguration();
  const { options } = readCatalogOptions(key => settings.get(key));
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

/** @throws TypeError with what is wrong with it */
export async function addSource(source: JsonObject, scope: CatalogSourceScope): Promise<void> {
  const [problem] = checkSource(source);
  if (problem !== undefined) throw new TypeError(problem);
  await writeSources(scope, [...writtenSources()[scope], source]);
}

/** Takes a source out of the settings, wherever it is written. */
export async function removeSource(id: string): Promise<void> {
  const written = writtenSources();
  for (const scope of ['workspace', 'user'] as const) {
    const left = written[scope].filter(source => readSources([source]).configs[0]?.id !== id);
    if (left.length < written[scope].length) await writeSources(scope, left);
  }
}
