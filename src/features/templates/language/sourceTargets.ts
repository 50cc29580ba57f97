import { isScalar } from 'yaml';
import { childUri, compareCodeUnits } from '../../../base';
import {
  entriesOf,
  type LanguageContext,
  nodeAt,
  writtenScalar,
  type WrittenScalar,
  type YamlText,
} from '../../authoring/language';
import { resolveReference } from '../../catalog/core/locations';
import { fetchSources, type TemplateStep } from '../core';
import type { TemplateDocument } from './templateDocument';

/** A local source of a `fetch:…` step. */
export interface SourceTarget {
  readonly step: TemplateStep;
  /** The `url` in the document. */
  readonly scalar: WrittenScalar;
  /** URI of the file or folder up to the first expression. It need not exist. */
  readonly uri: string;
}

/** Local sources of a Template's steps. */
export function sourceTargetsIn(
  { model, placed }: Pick<TemplateDocument, 'model' | 'placed'>,
  text: YamlText,
  context: LanguageContext,
): readonly SourceTarget[] {
  const boundary = context.boundaryOf(text.uri);
  return fetchSources(model).flatMap(({ path, place }): SourceTarget[] => {
    const step = model.steps.find(({ index }) => index === path[2]);
    const node = nodeAt(placed, path);
    const resolved = resolveReference(place, { base: text.uri, boundary });
    if (!step || place === '' || resolved.type !== 'local') return [];
    if (!isScalar(node) || !node.range) return [];
    return [{ step, scalar: writtenScalar(placed, node), uri: resolved.uri }];
  });
}

/** Maximum number of files in an answer. */
const MAX_FILES = 50;

/** Maximum depth, which also ends loops of links. */
const MAX_DEPTH = 12;

/** A file, or the files of a folder, nearest first. */
export async function filesAt(
  uri: string,
  { files }: LanguageContext,
  signal: AbortSignal,
  most = MAX_FILES,
): Promise<readonly string[]> {
  const type = await typeOf(uri, { files });
  if (type === 'file') return [uri];
  if (type !== 'directory') return [];
  const found: string[] = [];
  let folders = [uri];
  for (let depth = 0; depth < MAX_DEPTH && folders.length && found.length < most; depth++) {
    const next: string[] = [];
    for (const folder of folders) {
      if (signal.aborted || found.length >= most) break;
      const entries = await entriesOf(files, folder);
      for (const { name, type: entry } of [...entries].sort((a, b) =>
        compareCodeUnits(a.name, b.name),
      )) {
        if (entry === 'file') found.push(childUri(folder, name));
        else if (entry === 'directory') next.push(childUri(folder, name));
      }
    }
    folders = next;
  }
  return found.slice(0, most);
}

export async function typeOf(
  uri: string,
  { files }: Pick<LanguageContext, 'files'>,
): Promise<'file' | 'directory' | undefined> {
  try {
    const type = (await files.stat(uri))?.type;
    return type === 'file' || type === 'directory' ? type : undefined;
  } catch {
    // A place that can't be looked at is neither; the catalog reports it.
    return undefined;
  }
}
