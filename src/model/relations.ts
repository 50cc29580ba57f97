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
}

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
];

const KINDS_OF_RELATION: Readonly<
  Record<string, Pick<RelationRule, 'allowedKinds' | 'inverseKinds'>>
> = {
  ownedBy: { allowedKinds: ['Group', 'User'] },
  memberOf: { allowedKinds: ['Group'] },
  childOf: { allowedKinds: ['Group'] },
  parentOf: { allowedKinds: ['Group'] },
  hasMember: { allowedKinds: ['User'] },
  providesApi: { inverseKinds: ['API'] },
  consumesApi: { inverseKinds: ['API'] },
  dependsOn: { inverseKinds: ['Component', 'Resource'] },
  dependencyOf: { inverseKinds: ['Component', 'Resource'] },
};

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
  if (rule.type !== 'partOf') return { ...rule, ...KINDS_OF_RELATION[rule.type] };
  const isOfDomain = rule.kind === 'System' || rule.kind === 'Domain';
  return { ...rule, inverseKinds: isOfDomain ? ['Domain'] : ['Component', 'System'] };
}

/**
 * The kinds that a field is meant to hold refs to, as the software catalog model describes it: what is
 * offered there, and what is right. Backstage makes a relation to any other kind just the same.
 * Undefined where all make sense.
 */
export function targetKindsOf(rule: RelationRule): readonly string[] | undefined {
  if (rule.allowedKinds) return rule.allowedKinds;
  const { allowedKinds, inverseKinds } = KINDS_OF_RELATION[rule.type] ?? {};
  const kinds = allowedKinds ?? inverseKinds;
  if (kinds) return kinds;
  return rule.defaultKind === undefined ? undefined : [rule.defaultKind];
}

function ownedBy(kind: string): RelationRule {
  return { kind, field: 'spec.owner', type: 'ownedBy', inverse: 'ownerOf', defaultKind: 'Group' };
}

function partOf(row: { kind: string; field: string; defaultKind: string }): RelationRule {
  return { ...row, type: 'partOf', inverse: 'hasPart' };
}
