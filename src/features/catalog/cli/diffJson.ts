import type { EntitySource } from '../../../api';
import { stringify, toProblems } from '../../../cli/output/jsonOutput';
import type { ShowPath } from '../../../cli/paths';
import type { JsonValue } from '../../../model';
import type { PlacedEntity, RelationChange } from '../core/diff';
import type { ComparedSide, DiffReport } from './diffReport';

/** Maximum length of a text that isn't shortened, in characters. */
const maxTextLength = 1000;

/** Formats a diff as JSON, as described in docs/ci.md. */
export function diffJson({ base, head, diff, show }: DiffReport): string {
  const { entities, relations, problems } = diff;
  return stringify({
    base: { ...toSide(base), isStartOfChanges: base.isStartOfChanges },
    head: toSide(head),
    entities: {
      added: entities.added.map(entity => toEntity(entity, show)),
      removed: entities.removed.map(entity => ({
        ...toEntity(entity, show),
        failedIn: entity.failedIn ? show(entity.failedIn.file) : null,
      })),
      changed: entities.changed.map(({ before, after, fields, isRenamed, isMoved }) => ({
        ...toEntity(after, show),
        renamedFrom: isRenamed ? before.ref : null,
        movedFrom: isMoved && before.source ? show(before.source.file) : null,
        // JSON omits undefined values, which marks added and removed fields.
        fields: fields.map(field => ({
          path: field.path,
          before: field.before === undefined ? undefined : shorten(field.before),
          after: field.after === undefined ? undefined : shorten(field.after),
        })),
      })),
    },
    relations: {
      added: relations.added.map(toRelation),
      removed: relations.removed.map(toRelation),
      broken: relations.broken.map(toRelation),
      fixed: relations.fixed.map(toRelation),
      // The former name, for one release.
      mended: relations.fixed.map(toRelation),
    },
    problems: {
      added: toProblems(problems.added, show),
      fixed: toProblems(problems.fixed, show),
    },
  });
}

function toSide({ revision, commit }: ComparedSide): object {
  return { revision: revision ?? null, commit: commit ?? null };
}

function toEntity({ ref, entity, source }: PlacedEntity, show: ShowPath): object {
  const { title } = entity.metadata;
  return { ref, title: typeof title === 'string' ? title : null, ...toPlace(source, show) };
}

function toPlace(source: EntitySource | undefined, show: ShowPath): object {
  if (!source) return { file: null, line: null };
  return { file: show(source.file), line: source.nameRange.start.line + 1 };
}

function toRelation({ source, type, target, inverse, missing }: RelationChange): object {
  return { source, type, target, inverse: inverse ?? null, missing };
}

/** Shortens long texts in a value to their start and size. */
function shorten(value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    if (value.length <= maxTextLength) return value;
    const start = [...value.slice(0, maxTextLength)].slice(0, 100).join('');
    return { start, characters: value.length, lines: value.split('\n').length };
  }
  if (Array.isArray(value)) return value.map(shorten);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shorten(item)]));
}
