/**
 * A condition on a value such as an entity. Keys are dotted paths whose values must all match; keys
 * of the value may contain dots, too. Texts are compared case-insensitively, numbers as texts.
 * Unknown operators never match.
 *
 * Example: `{ "$all": [{ "kind": "Component" }, { "spec.type": { "$in": ["service", "website"] } }] }`
 *
 * Source: `FilterPredicate` of `@backstage/filter-predicates`.
 */
export type FilterPredicate =
  | FilterPredicateExpression
  | { readonly $all: readonly FilterPredicate[] }
  | { readonly $any: readonly FilterPredicate[] }
  | { readonly $not: FilterPredicate };

/** Conditions by dotted path. All must hold. */
export type FilterPredicateExpression = { readonly [path: string]: FilterPredicateValue };

/** The wanted value at a path, or an operator on it. */
export type FilterPredicateValue =
  | FilterPredicatePrimitive
  | { readonly $exists: boolean }
  | { readonly $in: readonly FilterPredicatePrimitive[] }
  /** The value is a list with an item that matches. */
  | { readonly $contains: AnyFilterPredicate }
  | { readonly $hasPrefix: string };

/** A value to compare with. Texts are compared without regard to case. */
export type FilterPredicatePrimitive = string | number | boolean;

/** A predicate on items of lists, which may be primitive values. */
export type AnyFilterPredicate =
  | FilterPredicate
  | FilterPredicatePrimitive
  | { readonly $all: readonly AnyFilterPredicate[] }
  | { readonly $any: readonly AnyFilterPredicate[] }
  | { readonly $not: AnyFilterPredicate };
