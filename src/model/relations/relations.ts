import { ownValue } from '../../base';
import type { CustomKind } from '../customKinds';

/**
 * A field that relates an entity to others. Each ref gives a pair of relations: `type` to the
 * target and `inverse` back, even if the target doesn't exist.
 */
export interface RelationRule {
  /** Kind that has the field, spelled exactly. */
  readonly kind: string;
  /** `spec.type` that the rule is limited to. */
  readonly specType?: string;
  /** Path of the field, such as `spec.owner`; its value is one ref or a list of refs. */
  readonly field: string;
  readonly type: string;
  /** Empty if a catalog model doesn't declare the relation: refs give no inverse. */
  readonly inverse: string;
  /** Kind of refs without a kind. If undefined, such a ref is an error. */
  readonly defaultKind?: string;
  /** Whether refs without a namespace are in the default namespace, not in that of the entity. */
  readonly isInDefaultNamespace?: boolean;
  /** Kinds that refs may have; refs to other kinds give no relation. Undefined: all. */
  readonly allowedKinds?: readonly string[];
  /** Kinds whose refs give the inverse relation; undefined: all. */
  readonly inverseKinds?: readonly string[];
  /**
   * Kinds that the field is meant for: a ref to another built-in kind is probably a mistake, but
   * gives a relation. Undefined if unspecified, as for custom kinds.
   */
  readonly expectedKinds?: readonly string[];
  /** Whether the field is a list; undefined if no schema tells. */
  readonly isList?: boolean;
}

/** Target kinds of relations; unless `isForced`, a model limits only the inverse to them. */
const KINDS_OF_RELATION: Readonly<
  Record<string, { readonly kinds: readonly string[]; readonly isForced: boolean }>
> = {
  ownedBy: { kinds: ['Group', 'User'], isForced: true },
  memberOf: { kinds: ['Group'], isForced: true },
  childOf: { kinds: ['Group'], isForced: true },
  parentOf: { kinds: ['Group'], isForced: true },
  hasMember: { kinds: ['User'], isForced: true },
  providesApi: { kinds: ['API'], isForced: false },
  consumesApi: { kinds: ['API'], isForced: false },
  dependsOn: { kinds: ['Component', 'Resource'], isForced: false },
  dependencyOf: { kinds: ['Component', 'Resource'], isForced: false },
};

/**
 * Relations of the built-in kinds.
 *
 * Source: BuiltinKindsEntityProcessor (`plugins/catalog-backend`), ScaffolderEntitiesProcessor for
 * Template, and `aiResourceEntityModel` (`packages/catalog-model/src/kinds`) for AiResource, the
 * only one that limits target kinds.
 */
export const builtinRelationRules: readonly RelationRule[] = [
  ...['Component', 'API', 'Resource', 'System', 'Domain', 'Template'].map(ownedBy),
  ...['Component', 'API', 'Resource'].map(kind =>
    partOf({ kind, field: 'spec.system', defaultKind: 'System' }),
  ),
  partOf({ kind: 'Component', field: 'spec.subcomponentOf', defaultKind: 'Component' }),
  partOf({ kind: 'System', field: 'spec.domain', defaultKind: 'Domain' }),
  partOf({ kind: 'Domain', field: 'spec.subdomainOf', defaultKind: 'Domain' }),
  {
    kind: 'Component',
    field: 'spec.providesApis',
    type: 'providesApi',
    inverse: 'apiProvidedBy',
    defaultKind: 'API',
  },
  {
    kind: 'Component',
    field: 'spec.consumesApis',
    type: 'consumesApi',
    inverse: 'apiConsumedBy',
    defaultKind: 'API',
  },
  ...['Component', 'Resource'].flatMap((kind): RelationRule[] => [
    { kind, field: 'spec.dependsOn', type: 'dependsOn', inverse: 'dependencyOf' },
    // Not in the schemas, but the processor reads it.
    { kind, field: 'spec.dependencyOf', type: 'dependencyOf', inverse: 'dependsOn' },
  ]),
  {
    kind: 'User',
    field: 'spec.memberOf',
    type: 'memberOf',
    inverse: 'hasMember',
    defaultKind: 'Group',
  },
  {
    kind: 'Group',
    field: 'spec.parent',
    type: 'childOf',
    inverse: 'parentOf',
    defaultKind: 'Group',
  },
  {
    kind: 'Group',
    field: 'spec.children',
    type: 'parentOf',
    inverse: 'childOf',
    defaultKind: 'Group',
  },
  {
    kind: 'Group',
    field: 'spec.members',
    type: 'hasMember',
    inverse: 'memberOf',
    defaultKind: 'User',
  },
  { ...ownedBy('AiResource'), allowedKinds: ['Group', 'User'] },
  {
    ...partOf({ kind: 'AiResource', field: 'spec.system', defaultKind: 'System' }),
    allowedKinds: ['System'],
  },
  {
    kind: 'AiResource',
    specType: 'skill',
    field: 'spec.dependsOn',
    type: 'dependsOn',
    inverse: 'dependencyOf',
    defaultKind: 'AiResource',
    allowedKinds: ['AiResource'],
  },
  ...[
    ['plugin', 'spec.skills'],
    ['marketplace', 'spec.plugins'],
  ].map(([specType, field = '']): RelationRule => ({
    kind: 'AiResource',
    specType,
    field,
    type: 'hasPart',
    inverse: 'partOf',
    defaultKind: 'AiResource',
    allowedKinds: ['AiResource'],
  })),
].map(rule => ({ ...rule, expectedKinds: targetKindsOf(rule) }));

/**
 * Returns the rule of a server whose relations come from a model: refs to kinds that the model
 * doesn't allow give no relation, and refs to unexpected kinds no inverse.
 *
 * Source: `defaultCatalogEntityModel` (`packages/catalog-model`), ModelProcessor
 * (`plugins/catalog-backend`), which replaces BuiltinKindsEntityProcessor if a module adds a model.
 * Templates stay with ScaffolderEntitiesProcessor.
 */
export function asInModel(rule: RelationRule): RelationRule {
  if (rule.kind === 'Template' || rule.allowedKinds) return rule;
  if (rule.type !== 'partOf') {
    const { kinds, isForced } = ownValue(KINDS_OF_RELATION, rule.type) ?? { kinds: undefined };
    if (!kinds) return rule;
    return isForced ? { ...rule, allowedKinds: kinds } : { ...rule, inverseKinds: kinds };
  }
  const isOfDomain = rule.kind === 'System' || rule.kind === 'Domain';
  return { ...rule, inverseKinds: isOfDomain ? ['Domain'] : ['Component', 'System'] };
}

/**
 * Returns the kinds that a field is meant for, according to the software catalog model; undefined:
 * all. Used for completion and checks; Backstage accepts other kinds too.
 */
export function targetKindsOf(rule: RelationRule): readonly string[] | undefined {
  const { expectedKinds, allowedKinds, type, defaultKind } = rule;
  const limited = expectedKinds ?? allowedKinds;
  if (limited) return limited;
  const kinds =
    ownValue(KINDS_OF_RELATION, type)?.kinds ?? (defaultKind === undefined ? [] : [defaultKind]);
  // Anything may depend on an AI resource.
  if (type === 'dependsOn') return [...kinds, 'AiResource'];
  return kinds.length ? kinds : undefined;
}

function ownedBy(kind: string): RelationRule {
  return { kind, field: 'spec.owner', type: 'ownedBy', inverse: 'ownerOf', defaultKind: 'Group' };
}

function partOf(row: { kind: string; field: string; defaultKind: string }): RelationRule {
  return { ...row, type: 'partOf', inverse: 'hasPart' };
}

/** A relation with both ends. */
export interface RelationEdge {
  /** Full ref, like `target`. */
  readonly source: string;
  readonly type: string;
  readonly target: string;
}

/** Types of both relations of a pair. */
type RelationTypes = Pick<RelationRule, 'type' | 'inverse'>;

interface RelatedKind {
  readonly relations?: readonly RelationTypes[] | undefined;
  readonly relationsByType?: ReadonlyMap<string, readonly RelationTypes[]> | undefined;
}

/**
 * Pairs of relation types: `a ownedBy b` and `b ownerOf a` are the same fact. The forward type is
 * the one of the dependent, the part or the owned entity: the `type` of the pair's first rule.
 */
export class RelationPairs {
  #forward = new Map<string, string>();
  #backward = new Map<string, string>();

  /** @param kinds - custom kinds or a catalog model, whose relations follow the built-in ones */
  constructor(kinds: readonly (RelatedKind | CustomKind)[] = []) {
    const rules: readonly RelationTypes[] = [
      ...builtinRelationRules,
      ...kinds.flatMap((kind: RelatedKind) => [
        ...(kind.relations ?? []),
        ...[...(kind.relationsByType?.values() ?? [])].flat(),
      ]),
    ];
    for (const { type, inverse } of rules) {
      if (!inverse || this.#knows(type) || this.#knows(inverse)) continue;
      this.#forward.set(type, inverse);
      this.#backward.set(inverse, type);
    }
  }

  /** Returns the edge in its forward direction; edges of unknown types are unchanged. */
  forward({ source, type, target }: RelationEdge): RelationEdge {
    const forward = this.#backward.get(type);
    // If a relation is its own inverse, either end can be the source.
    const isForward = forward === undefined || (forward === type && source <= target);
    return isForward ? { source, type, target } : { source: target, type: forward, target: source };
  }

  /** Returns the forward type of a pair from either of its types. */
  forwardType(type: string): string {
    return this.#backward.get(type) ?? type;
  }

  /** Returns the inverse type; undefined for unknown types. */
  inverseOf(type: string): string | undefined {
    return this.#forward.get(type) ?? this.#backward.get(type);
  }

  /** Returns both types of all pairs. */
  types(): readonly string[] {
    return [...new Set([...this.#forward].flat())];
  }

  #knows(type: string): boolean {
    return this.#forward.has(type) || this.#backward.has(type);
  }
}
