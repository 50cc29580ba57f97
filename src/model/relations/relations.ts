import { ownValue } from '../../base';
import type { CustomKind } from '../customKinds';

/**
 * One field that relates an entity to others. Each ref in it gives a pair of relations: `type` from
 * the entity to the target, `inverse` back, also where the target does not exist.
 */
export interface RelationRule {
  /** The kind that has the field, in its exact spelling. */
  readonly kind: string;
  /** The `spec.type` that the rule is limited to. */
  readonly specType?: string;
  /** The path of the field, such as `spec.owner`; it holds one ref or a list of refs. */
  readonly field: string;
  readonly type: string;
  readonly inverse: string;
  /** The kind of a ref that names none. Where undefined, such a ref is an error. */
  readonly defaultKind?: string;
  /** Refs to any other kind give no relation; undefined allows all. */
  readonly allowedKinds?: readonly string[];
  /** Only refs to these kinds give the relation back; undefined: all. */
  readonly inverseKinds?: readonly string[];
  /**
   * What the field is meant for: a ref to another of Backstage's kinds is most likely a mistake, though
   * it gives a relation. Undefined where nobody has said, as of the fields of custom kinds.
   */
  readonly expectedKinds?: readonly string[];
}

/** The kinds that a relation leads to; where it is not forced, a model limits only its inverse to them. */
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
 * The relations of the built-in kinds.
 *
 * Source: BuiltinKindsEntityProcessor (`plugins/catalog-backend`), ScaffolderEntitiesProcessor for
 * Template, and `aiResourceEntityModel` (`packages/catalog-model/src/kinds`) for AiResource, the
 * only one whose targets are limited to certain kinds.
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
    // Not in the schemas, but the processor reads it all the same.
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
 * The rule as a server has it whose relations come from a model: refs to kinds that the model does not
 * allow in a field give no relation, and those to kinds that it does not expect give none back.
 *
 * Source: `defaultCatalogEntityModel` (`packages/catalog-model`), ModelProcessor
 * (`plugins/catalog-backend`), which has the turn of BuiltinKindsEntityProcessor once a module brings
 * a model. Templates stay with ScaffolderEntitiesProcessor.
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
 * The kinds that a field is meant to hold refs to, as the software catalog model describes it: what is
 * offered there, and what is right. Backstage makes a relation to any other kind just the same.
 * Undefined where all make sense.
 */
export function targetKindsOf(rule: RelationRule): readonly string[] | undefined {
  const { expectedKinds, allowedKinds, type, defaultKind } = rule;
  const limited = expectedKinds ?? allowedKinds;
  if (limited) return limited;
  const kinds =
    ownValue(KINDS_OF_RELATION, type)?.kinds ?? (defaultKind === undefined ? [] : [defaultKind]);
  // What AI tools use can be needed as well.
  if (type === 'dependsOn') return [...kinds, 'AiResource'];
  return kinds.length ? kinds : undefined;
}

function ownedBy(kind: string): RelationRule {
  return { kind, field: 'spec.owner', type: 'ownedBy', inverse: 'ownerOf', defaultKind: 'Group' };
}

function partOf(row: { kind: string; field: string; defaultKind: string }): RelationRule {
  return { ...row, type: 'partOf', inverse: 'hasPart' };
}

/** A relation with both of its ends. */
export interface RelationEdge {
  /** A full ref, as are all of an edge. */
  readonly source: string;
  readonly type: string;
  readonly target: string;
}

/** The types of both halves of a pair. */
type RelationTypes = Pick<RelationRule, 'type' | 'inverse'>;

interface RelatedKind {
  readonly relations?: readonly RelationTypes[] | undefined;
}

/**
 * Relations come in pairs: `a ownedBy b` and `b ownerOf a` say the same. Where it is to be said once,
 * it is said from the entity that depends on the other, belongs to it or is owned by it: as the first of
 * the rules for the pair says it.
 */
export class RelationPairs {
  #forward = new Map<string, string>();
  #backward = new Map<string, string>();

  /** @param kinds - kinds besides the built-in ones; their relations come after the built-in ones */
  constructor(kinds: readonly (RelatedKind | CustomKind)[] = []) {
    const rules: readonly RelationTypes[] = [
      ...builtinRelationRules,
      ...kinds.flatMap(({ relations = [] }) => relations),
    ];
    for (const { type, inverse } of rules) {
      if (this.#knows(type) || this.#knows(inverse)) continue;
      this.#forward.set(type, inverse);
      this.#backward.set(inverse, type);
    }
  }

  /** The half of the pair that is told; an edge that belongs to no known pair stays as it is. */
  forward({ source, type, target }: RelationEdge): RelationEdge {
    const forward = this.#backward.get(type);
    // Of a relation that is its own inverse, either end may come first.
    const isForward = forward === undefined || (forward === type && source <= target);
    return isForward ? { source, type, target } : { source: target, type: forward, target: source };
  }

  /** The type of the half that is told, given either half's. */
  forwardType(type: string): string {
    return this.#backward.get(type) ?? type;
  }

  /** What the other half is called; undefined where the type belongs to no known pair. */
  inverseOf(type: string): string | undefined {
    return this.#forward.get(type) ?? this.#backward.get(type);
  }

  /** The types of both halves of all pairs. */
  types(): readonly string[] {
    return [...new Set([...this.#forward].flat())];
  }

  #knows(type: string): boolean {
    return this.#forward.has(type) || this.#backward.has(type);
  }
}
