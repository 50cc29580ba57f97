import type { WorkspaceSymbol } from 'vscode-languageserver-types';
import { compareCodeUnits } from '../../../../base';
import { flatMapInSlices } from '../../../../platform/core';
import type { CatalogEntity } from '../catalogView';
import { likeliest } from '../entities/likeliest';
import { shortRef, symbolKindOf, titleOf } from '../entities/markdown';
import type { LanguageContext } from '../languageProvider';
import { declarationOf } from '../mentions/places';

/** The maximum number of symbols; a longer query finds the rest. */
const MAX_SYMBOLS = 500;

/**
 * Returns the entities that match a query by name, title or ref, the likeliest first; ignores a leading `#`, by which
 * editors distinguish symbols from files. The symbol's name includes the title, because editors filter by it once more.
 */
export async function workspaceSymbols(
  context: LanguageContext,
  query: string,
  signal: AbortSignal,
): Promise<readonly WorkspaceSymbol[]> {
  const wanted = query.trim().replace(/^#/, '').toLowerCase();
  const found = await flatMapInSlices(context.catalog.entities(), signal, entity => {
    const way = entity.place && entity.file !== undefined ? wayOf(entity, wanted) : undefined;
    return way === undefined ? [] : [{ entity, rank: way * LONGEST_NAME + entity.name.length }];
  });
  const best = likeliest(found, MAX_SYMBOLS, (a, b) => compareCodeUnits(a.ref, b.ref));
  return flatMapInSlices(best, signal, entity => symbolOf(entity, context));
}

/** More than the length of any name. */
const LONGEST_NAME = 1e6;

/** Returns the rank of the match, the likeliest first; undefined if the entity doesn't match. */
function wayOf({ ref, name, title }: CatalogEntity, query: string): number | undefined {
  const lower = name.toLowerCase();
  const titled = title?.toLowerCase() ?? '';
  const tests = [
    lower === query || ref === query,
    lower.startsWith(query),
    titled.startsWith(query),
    lower.includes(`-${query}`) || titled.includes(` ${query}`),
    lower.includes(query) || titled.includes(query),
    ref.includes(query) || ref.replace(':default/', ':').includes(query),
    holdsInOrder(lower, query) || holdsInOrder(titled, query),
  ];
  const way = tests.indexOf(true);
  return way < 0 ? undefined : way;
}

function holdsInOrder(text: string, letters: string): boolean {
  let at = -1;
  for (const letter of letters) {
    if (letter === ' ') continue;
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

function symbolOf(entity: CatalogEntity, context: LanguageContext): readonly WorkspaceSymbol[] {
  const { ref, name, kind } = entity;
  const title = titleOf(entity);
  const place = declarationOf(ref, { context });
  if (!place) return [];
  const containers = ['ownedBy', 'partOf'].flatMap(
    type => entity.references.find(reference => reference.type === type)?.targetRef ?? [],
  );
  const containerName = containers
    .map(container => shortRef(container).replace(/^system:/, ''))
    .join(' / ');
  return [
    {
      name: title.toLowerCase() === name.toLowerCase() ? name : `${name} (${title})`,
      kind: symbolKindOf(kind),
      location: { uri: place.file, range: place.nameRange },
      ...(containerName && { containerName }),
    },
  ];
}
