import { readPartialRef } from '../../../../../model';
import type { CatalogEntity } from '../../catalogView';
import type { RefField } from '../../descriptors/writtenRefs';
import type { RemoteEntity } from '../../remoteEntities';
import type { CompletionPlace } from '../completionPlace';

/** An entity to refer to. */
export interface OfferedEntity extends CatalogEntity {
  /** The source that has it, if the catalog doesn't. */
  readonly source?: string;
}

interface RemoteOffers {
  readonly entities: readonly OfferedEntity[];
  /** Whether the list is complete. */
  readonly isComplete: boolean;
}

const NOTHING: RemoteOffers = { entities: [], isComplete: true };

/** The maximum length of a searched text, more than names have. */
const LONGEST = 200;

/** Searches sources for entities of a field that aren't in the catalog. Doesn't reject. */
export async function remoteOffers(
  { request, typed }: CompletionPlace,
  field: RefField,
): Promise<RemoteOffers> {
  const { context, signal } = request;
  const { kind, namespace, text } = readPartialRef(typed);
  const kinds = kind === undefined ? field.kinds : kindsFor(kind, field);
  if (!context.remoteEntities || kinds?.length === 0 || typed.length > LONGEST) return NOTHING;
  // The first hundred of all entities wouldn't help.
  if (!kinds && namespace === undefined && text === '') return NOTHING;
  try {
    const { entities, isComplete } = await context.remoteEntities.find(
      { text, ...(kinds && { kinds }), ...(namespace !== undefined && { namespace }) },
      signal,
    );
    const others = entities.filter(({ entity: { ref } }) => !context.catalog.has(ref));
    return { entities: others.map(offered), isComplete };
  } catch {
    // Canceled, or the host doesn't answer, which its source reports: the local refs are still offered.
    return NOTHING;
  }
}

/** Returns no kinds if the typed kind isn't allowed in the field. */
function kindsFor(kind: string, { kinds }: RefField): readonly string[] {
  return kinds?.filter(each => each.toLowerCase() === kind) ?? [kind];
}

function offered({ entity, source }: RemoteEntity): OfferedEntity {
  const { title, type, ...rest } = entity;
  return {
    ...rest,
    ...(title !== undefined && { title }),
    ...(type !== undefined && { type }),
    file: undefined,
    references: [],
    source,
  };
}
