import { isRecord } from '../../../../base';
import type { JsonObject } from '../../../../model';
import type { FieldReview } from './formField';
import { objectOf, textOf } from './schemas/jsonParts';

/**
 * What a schema says of how a field looks: `ui:widget` and `ui:options.widget` are the same.
 *
 * Source: `getUiOptions` of `@rjsf/utils` 5.24.
 */
export function uiOptions(schema: JsonObject): JsonObject {
  const entries = Object.entries(schema).flatMap(([key, value]) => {
    if (key === 'ui:options' && isRecord(value)) return Object.entries(value);
    return key.startsWith('ui:') ? [[key.slice('ui:'.length), value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/**
 * How a field is told of in the review.
 *
 * Source: `ReviewState` of `@backstage/plugin-scaffolder-react` 3.0.
 */
export function reviewOf(schema: JsonObject): FieldReview {
  const { name, show, mask, explode } = objectOf(objectOf(schema['ui:backstage'])['review']);
  const isSecret =
    schema['ui:widget'] === 'password' || textOf(schema['ui:field'])?.toLowerCase() === 'secret';
  return {
    name: textOf(name),
    isShown: show !== false || Boolean(mask),
    mask: (textOf(mask) || undefined) ?? (isSecret && show !== false ? '******' : undefined),
    isExploded: explode !== false,
  };
}

/** Whether it is shown only where a feature flag is set: there are none here. */
export function needsFeatureFlag(schema: JsonObject): boolean {
  return Boolean(objectOf(schema['ui:backstage'])['featureFlag']);
}

/** Names in the order that `ui:order` says; `*` stands for all others. */
export function orderedNames(
  names: readonly string[],
  order: readonly string[],
): readonly string[] {
  const known = order.filter(name => name === '*' || names.includes(name));
  const others = names.filter(name => !known.includes(name));
  if (!known.includes('*')) return [...new Set([...known, ...others])];
  return [...new Set(known.flatMap(name => (name === '*' ? others : [name])))];
}
