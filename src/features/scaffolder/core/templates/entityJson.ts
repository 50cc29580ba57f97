import { isRecord } from '../../../../base';
import type { Entity, JsonObject, JsonValue } from '../../../../model';

/** An entity as templates see it: what JSON can say of it. */
export function toJson(entity: Entity): JsonObject {
  const json = JSON.parse(JSON.stringify(entity)) as JsonValue;
  return isRecord(json) ? json : {};
}
