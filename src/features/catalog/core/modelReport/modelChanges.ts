import { compareCodeUnits } from '../../../../base';
import type { JsonObject } from '../../../../model';
import { type FieldDifference, recordChanges } from '../../../../model/differences';
import { jsonRecord } from '../../../../model/json';
import type { CatalogModel } from '../../../../model/layers';

/** A part of a model that was added, removed or changed. */
export interface ModelChange {
  readonly type: 'added' | 'removed' | 'changed';
  /** Name of the part, such as `kind Dataset` or `annotation acme.com/tier`. */
  readonly part: string;
  /** Changed fields; empty unless `type` is `changed`. */
  readonly fields: readonly FieldDifference[];
}

/** Compares two models part by part: kinds, their versions, relations, annotations, labels and tags. */
export function modelChanges(before: CatalogModel, after: CatalogModel): readonly ModelChange[] {
  const old = partsOf(before);
  const current = partsOf(after);
  const names = [...new Set([...old.keys(), ...current.keys()])].sort(compareCodeUnits);
  return names.flatMap((part): readonly ModelChange[] => {
    const [a, b] = [old.get(part), current.get(part)];
    if (a === undefined) return [{ type: 'added', part, fields: [] }];
    if (b === undefined) return [{ type: 'removed', part, fields: [] }];
    const fields = recordChanges(a, b);
    return fields.length ? [{ type: 'changed', part, fields }] : [];
  });
}

function partsOf(model: CatalogModel): ReadonlyMap<string, JsonObject> {
  const parts = new Map<string, JsonObject>();
  const add = (name: string, value: object): void => {
    parts.set(name, jsonRecord(value));
  };
  for (const { versions, ...kind } of model.kinds) {
    add(`kind ${kind.kind}`, kind);
    for (const { apiVersion, variants } of versions) {
      for (const { specType, ownSchema, description, relationFields } of variants) {
        const type = specType === undefined ? '' : ` of type ${specType}`;
        const relations = Object.fromEntries(
          relationFields.map(({ selector, ...field }) => [
            `${selector.path} ${field.relation}`,
            field,
          ]),
        );
        add(`kind ${kind.kind} in ${apiVersion}${type}`, {
          description,
          relations,
          schema: ownSchema,
        });
      }
    }
  }
  for (const { pairs, ...relation } of model.relations) {
    const kinds = pairs.map(({ fromKind, toKinds }) => [fromKind, toKinds.toSorted()] as const);
    add(`relation ${relation.type}`, { ...relation, kinds: Object.fromEntries(kinds) });
  }
  for (const term of model.annotations) add(`annotation ${term.name}`, term);
  for (const term of model.labels) add(`label ${term.name}`, term);
  for (const term of model.tags) add(`tag ${term.name}`, term);
  return parts;
}
