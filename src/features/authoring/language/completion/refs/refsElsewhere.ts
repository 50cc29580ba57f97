import { readPartialRef } from '../../../../../model';
import type { CatalogEntity } from '../../catalogView';
import type { RefField } from '../../descriptors/writtenRefs';
import type { EntityElsewhere } from '../../entitiesElsewhere';
import type { CompletionPlace } from '../completionPlace';

/** An entity that may be referred to. */
export interface OfferedEntity extends CatalogEntity {
  /** Who has it, where the catalog does not. */
  readonly source?: string;
}

interface OfferedElsewhere {
  readonly entities: readonly OfferedEntity[];
  /** Whether there are no others. */
  readonly isComplete: boolean;
}

const NOTHING: OfferedElsewhere = { entities: [], isComplete: true };

/** Nothing is called by more than that. */
const LONGEST = 200;

/** What may be meant in a field and is not in the catalog. Does not reject. */
export async function refsElsewhere(
  { request, typed }: CompletionPlace,
  field: RefField,
): Promise<OfferedElsewhere> {
  const { context, signal } = request;
  const { kind, namespace, text } = readPartialRef(typed);
  const kinds = kind === undefined ? field.kinds : kindsFor(kind, field);
  if (!context.elsewhere || kinds?.length === 0 || typed.length > LONGEST) return NOTHING;
  // Of everything that a company has, the first hundred by name help nobody.
  if (!kinds && namespace === undefined && text === '') return NOTHING;
  try {
    const { entities, isComplete } = await context.elsewhere.find(
      { text, ...(kinds && { kinds }), ...(namespace !== undefined && { namespace }) },
      signal,
    );
    const others = entities.filter(({ entity: { ref } }) => !context.catalog.has(ref));
    return { entities: others.map(offered), isComplete };
  } catch {
    return NOTHING;
  }
}

/** None where the kind that is typed makes no sense in the field. */
function kindsFor(kind: string, { kinds }: RefField): readonly string[] {
  return kinds?.filter(each => each.toLowerCase() === kind) ?? [kind];
}

function offered({ entity, source }: EntityElsewhere): OfferedEntity {
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
