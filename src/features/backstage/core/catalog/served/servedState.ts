import type { FileChange } from '../../../../../platform/core/ports';
import type { IndexedFile } from '../../../../catalog/core';
import { ServedEntity } from '../../../../catalog/core/parts';
import type { CopiedEntity, WholeEntity } from '../copiedEntity';
import type { FetchedEntities } from '../fetchEntities';
import { entityUri } from './servedFiles';

/** The file as it was, where nothing of it is another. */
export function sameAs(
  before: IndexedFile | undefined,
  file: IndexedFile,
): IndexedFile | undefined {
  const [one] = before?.record.entities ?? [];
  const [other] = file.record.entities;
  const isSame =
    before?.order.group === file.order.group &&
    one instanceof ServedEntity &&
    other instanceof ServedEntity &&
    one.saysTheSame(other);
  return isSame ? before : undefined;
}

/** What has happened to the files of a source. */
export function changesOf(
  { created, changed, deleted }: FetchedEntities,
  key: string,
): readonly FileChange[] {
  const changesTo = (type: FileChange['type'], refs: readonly string[]): readonly FileChange[] =>
    refs.map(ref => ({ type, uri: entityUri(key, ref) }));
  return [
    ...changesTo('created', created),
    ...changesTo('changed', changed),
    ...changesTo('deleted', deleted),
  ];
}

export function* wholeEntities(
  entities: ReadonlyMap<string, CopiedEntity>,
  wholes: ReadonlyMap<string, string>,
): Generator<WholeEntity> {
  for (const copied of entities.values()) {
    yield { copied, whole: wholes.get(copied.ref) ?? copied.content };
  }
}
