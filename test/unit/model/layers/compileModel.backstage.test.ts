import {
  aiResourceEntityModel,
  type CatalogModelLayer,
  compileCatalogModel,
  defaultCatalogEntityModel,
  mcpServerApiEntityModel,
} from '@backstage/catalog-model/alpha';
import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longRun } from '../../../support/longRun';
import { checkSchema } from '../../../../src/features/catalog/core/customKinds/checkSchema';
import { kindsOfLayers } from '../../../../src/features/catalog/core/modelLayers/layeredKinds';
import { noModel } from '../../../../src/features/catalog/core/modelLayers/modelData';
import { collectReferences } from '../../../../src/features/catalog/core/processing/references';
import { type Entity, parseEntityRef, stringifyEntityRef } from '../../../../src/model';
import type { KindRegistry } from '../../../../src/model/validation';
import {
  anySpec,
  type CatalogModel,
  compileModel,
  defaultLayers,
  type ModelFault,
  type ModelLayer,
  type ModelOperation,
} from '../../../../src/model/layers';

/** A layer as Backstage's packages represent it. */
function backstageLayer({ layerId, ops }: ModelLayer): CatalogModelLayer {
  return {
    $$type: '@backstage/CatalogModelLayer',
    version: 'v1',
    layerId,
    ops,
  } as unknown as CatalogModelLayer;
}

/** Backstage's model in the form of ours. */
function backstageModel(layers: readonly ModelLayer[]): CatalogModel | string {
  let model: ReturnType<typeof compileCatalogModel>;
  try {
    model = compileCatalogModel(layers.map(backstageLayer));
  } catch (error) {
    return (error as Error).message;
  }
  const kinds = model.listKinds().map(({ names, description, versions }) => ({
    ...names,
    description,
    versions: versions.map(({ apiVersion, specType }) => {
      const kind = model.getKind({
        kind: names.kind,
        apiVersion,
        spec: specType === undefined ? {} : { type: specType },
      });
      return {
        apiVersion,
        specType,
        description: kind?.description,
        fields: kind?.relationFields,
        schema: kind?.jsonSchema,
      };
    }),
    relations: model.getRelations({ kind: names.kind }),
  }));
  const relations = model.listRelations().map(relation => ({
    ...relation,
    toKind: relation.toKind.toSorted(),
  }));
  return { kinds, relations, ...model.getMetadata() } as never;
}

/** Our model in the form of {@link backstageModel}. */
function comparable({ kinds, relations, ...terms }: CatalogModel): unknown {
  const summary = (relation: CatalogModel['relations'][number]): object => ({
    description: relation.description,
    forward: { type: relation.type, title: relation.title },
    reverse: { type: relation.reverseType, title: relation.reverseTitle },
  });
  const term = ({ name, title, description }: CatalogModel['tags'][number]): object => ({
    name,
    ...(title !== undefined && { title }),
    description,
  });
  return {
    kinds: kinds.map(({ kind, singular, plural, description, versions }) => ({
      kind,
      singular,
      plural,
      description,
      versions: versions.flatMap(({ apiVersion, variants }) =>
        variants.map(variant => ({
          apiVersion,
          specType: variant.specType,
          description: variant.description ?? description,
          fields: variant.relationFields.map(({ selector, ...field }) => ({
            path: selector.path,
            relation: field.relation,
            defaultKind: field.defaultKind,
            defaultNamespace: field.defaultNamespace,
            allowedKinds: field.allowedKinds,
          })),
          schema: variant.schema,
        })),
      ),
      relations: relations.flatMap(relation =>
        relation.pairs
          .filter(({ fromKind }) => fromKind === kind)
          .map(({ toKinds }) => ({ fromKind: [kind], toKind: toKinds, ...summary(relation) })),
      ),
    })),
    relations: relations.map(relation => ({
      fromKind: relation.pairs.map(({ fromKind }) => fromKind),
      toKind: [...new Set(relation.pairs.flatMap(({ toKinds }) => toKinds))].toSorted(),
      ...summary(relation),
    })),
    annotations: terms.annotations.map(term),
    labels: terms.labels.map(term),
    tags: terms.tags.map(term),
  };
}

/** Layers without the faulty part: the layer, the operation or its schema. */
function withoutFault(layers: readonly ModelLayer[], fault: ModelFault): readonly ModelLayer[] {
  const { layer: at, op: index, path } = fault;
  if (index === undefined)
    return layers.map((l, i) => (i === at ? { ...l, layerId: `${l.layerId}'`, ops: [] } : l));
  const skip = (op: ModelOperation): readonly ModelOperation[] => {
    if (path[0] !== 'properties') return [];
    if (op.op === 'declareKindVersion.v1') {
      return [{ ...op, properties: { ...op.properties, schema: { jsonSchema: anySpec } } }];
    }
    if (op.op !== 'updateKindVersion.v1') throw new Error(`${op.op} has no schema`);
    const { schema: _, ...properties } = op.properties;
    return [{ ...op, properties }];
  };
  return layers.map((layer, i) =>
    i === at
      ? { ...layer, ops: layer.ops.flatMap((op, j) => (j === index ? skip(op) : [op])) }
      : layer,
  );
}

const kindName = fc.constantFrom('Component', 'Dataset', 'Team', 'API');
const text = fc.constantFrom('one', 'two', 'three');
const relationType = fc.constantFrom('ownedBy', 'ownerOf', 'readsFrom', 'readBy', 'partOf');
const termName = fc.constantFrom(
  'acme.com/tier',
  'acme.com/cost',
  'backstage.io/orphan',
  'constructor',
);
const specType = fc.constantFrom('table', 'stream', 'service');
const version = fc.constantFrom('v1', 'v1alpha1');

/** Texts, numbers and schemas that are valid, or nearly. */
const fieldSchema = fc.oneof(
  fc.record(
    { type: fc.constantFrom('string', 'array', 'number'), minLength: fc.nat(3) },
    { requiredKeys: [] },
  ),
  fc.constantFrom(
    { enum: ['a', 'b'] },
    { type: ['string', 'null'] },
    { type: 'text' },
    { const: null },
    { default: null, type: 'string' },
    null,
    { properties: { a: { type: 'string' } }, required: ['a'] },
  ),
);

const specSchema = fc.record(
  {
    type: fc.constantFrom('object', 'array'),
    required: fc.constantFrom<unknown>(['owner'], 'owner', null),
    properties: fc.dictionary(
      fc.constantFrom('owner', 'reads', 'tier'),
      fieldSchema as fc.Arbitrary<unknown>,
      {
        maxKeys: 3,
      },
    ),
    additionalProperties: fc.constantFrom<unknown>(false, true, null),
    allOf: fc.constantFrom<unknown>([], null),
  },
  { requiredKeys: ['properties'] },
);

const kindSchema = fc
  .tuple(
    fc.oneof(
      { weight: 9, arbitrary: specSchema },
      { weight: 1, arbitrary: fc.constantFrom(true, null) },
    ),
    fc.option(fc.constantFrom('metadata', 'kind', 'extra'), { freq: 8 }),
    fc.option(fc.constantFrom('not', '$ref', 'required', 'type', 'title', '$schema'), { freq: 5 }),
  )
  .map(([spec, field, keyword]) => ({
    type: 'object',
    properties: { spec, ...(field !== null && { [field]: { type: 'object' } }) },
    ...(keyword !== null && { [keyword]: keyword === 'required' ? ['spec'] : keyword }),
  }));

const relationFields = fc.array(
  fc.record(
    {
      selector: fc.record({ path: fc.constantFrom('spec.owner', 'spec.reads', 'spec.deep.ref') }),
      relation: relationType,
      defaultKind: kindName,
      defaultNamespace: fc.constantFrom('default' as const, 'inherit' as const),
      allowedKinds: fc.array(kindName, { maxLength: 2 }),
    },
    { requiredKeys: ['selector', 'relation'] },
  ),
  { maxLength: 2 },
);

const termProperties = {
  title: text,
  description: text,
  schema: fc.record({
    jsonSchema: fc.constantFrom({ type: 'string' }, { type: 'string', enum: ['gold'] }),
  }),
};
const ofVersion = { kind: kindName, name: version, specType };
const ofRelation = { fromKind: kindName, type: relationType, toKind: kindName };
const termType = fc.constantFrom('Annotation', 'Label', 'Tag');

const operation = fc.oneof(
  fc.record({
    op: fc.constant('declareKind.v1'),
    kind: kindName,
    group: fc.constantFrom('acme.com', 'backstage.io'),
    properties: fc.record({ singular: text, plural: text, description: text }),
  }),
  fc.record({
    op: fc.constant('updateKind.v1'),
    kind: kindName,
    properties: fc.record(
      { singular: text, plural: text, description: text },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ op: fc.constant('removeKind.v1'), kind: kindName }),
  fc.record(
    {
      op: fc.constant('declareKindVersion.v1'),
      ...ofVersion,
      properties: fc.record(
        { description: text, relationFields, schema: fc.record({ jsonSchema: kindSchema }) },
        { requiredKeys: ['schema'] },
      ),
    },
    { requiredKeys: ['op', 'kind', 'name', 'properties'] },
  ),
  fc.record(
    {
      op: fc.constant('updateKindVersion.v1'),
      ...ofVersion,
      properties: fc.record(
        { description: text, relationFields, schema: fc.record({ jsonSchema: kindSchema }) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['op', 'kind', 'name', 'properties'] },
  ),
  fc.record({
    op: fc.constant('declareRelation.v1'),
    ...ofRelation,
    properties: fc.record({ reverseType: relationType, title: text, description: text }),
  }),
  fc.record({
    op: fc.constant('updateRelation.v1'),
    ...ofRelation,
    properties: fc.record(
      { reverseType: relationType, reverseTitle: text, title: text, description: text },
      { requiredKeys: [] },
    ),
  }),
  termType.chain(type =>
    fc.record({
      op: fc.constant(`declare${type}.v1`),
      name: termName,
      properties: fc.record(termProperties, { requiredKeys: ['description'] }),
    }),
  ),
  termType.chain(type =>
    fc.record({
      op: fc.constant(`update${type}.v1`),
      name: termName,
      properties: fc.record(termProperties, { requiredKeys: [] }),
    }),
  ),
  termType.chain(type => fc.record({ op: fc.constant(`remove${type}.v1`), name: termName })),
) as unknown as fc.Arbitrary<ModelOperation>;

const layers = fc
  .tuple(
    fc.boolean(),
    fc.array(
      fc.record({
        layerId: fc.constantFrom('acme.com/one', 'acme.com/two', 'acme.com/three'),
        ops: fc.array(operation, { maxLength: 12 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  )
  // As JSON, like the contents of files.
  .map(
    ([isOnTop, own]) =>
      JSON.parse(
        JSON.stringify([...(isOnTop ? defaultLayers({ aiModel: true }) : []), ...own]),
      ) as ModelLayer[],
  );

const refs = fc.constantFrom('a', 'dataset:b', 'API:other/c', 'Team:d');
const fieldValue = fc.oneof(
  refs,
  fc.array(refs, { maxLength: 3 }),
  fc.constantFrom<unknown>(7, null, { ref: 'a' }),
);
const entities = fc.array(
  fc.record({
    apiVersion: fc.constantFrom('acme.com/v1', 'acme.com/v1alpha1', 'backstage.io/v1alpha1'),
    kind: kindName,
    metadata: fc.record(
      {
        name: fc.constant('x'),
        namespace: fc.constant('web'),
        annotations: fc.dictionary(
          fc.constantFrom('acme.com/tier', 'acme.com/cost'),
          fc.constantFrom('gold', 'tin'),
        ),
        labels: fc.dictionary(
          fc.constantFrom('acme.com/tier', 'acme.com/cost'),
          fc.constantFrom('gold', 'tin'),
        ),
      },
      { requiredKeys: ['name'] },
    ),
    spec: fc.record(
      {
        type: specType,
        owner: fieldValue,
        reads: fieldValue,
        deep: fc.record({ ref: fieldValue }),
        tier: text,
      },
      { requiredKeys: [] },
    ),
  }),
  { minLength: 1, maxLength: 5 },
) as unknown as fc.Arbitrary<Entity[]>;

/** The verdict and relations of Backstage's ModelProcessor. */
function backstageVerdict(
  model: ReturnType<typeof compileCatalogModel>,
  entity: Entity,
): { error: string | undefined; relations: readonly string[] } | undefined {
  let kind: ReturnType<typeof model.getKind>;
  try {
    kind = model.getKind(entity);
  } catch (error) {
    return { error: (error as Error).message, relations: [] };
  }
  if (!kind) return undefined;
  const ajv = new Ajv({ allowUnionTypes: true, allErrors: true, logger: false });
  let validate: ReturnType<Ajv['compile']>;
  try {
    validate = ajv.compile(kind.jsonSchema);
  } catch {
    // A schema that strict mode rejects: a server fails on every entity.
    return { error: 'strict', relations: [] };
  }
  const isValid = validate(entity);
  const [first] = validate.errors ?? [];
  if (!isValid && first) {
    const params = Object.entries(first.params).map(([key, value]) => `${key}: ${String(value)}`);
    const error = `${first.instancePath || '<root>'} ${first.message ?? ''} - ${params.join(', ')}`;
    return { error, relations: [] };
  }
  const self = stringifyEntityRef(entity);
  const relations: string[] = [];
  const known = model.getRelations({ kind: entity.kind }) ?? [];
  for (const field of kind.relationFields) {
    const value = field.path
      .split('.')
      .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], entity);
    for (const ref of [value].flat()) {
      if (!ref || typeof ref !== 'string') continue;
      let target: ReturnType<typeof parseEntityRef>;
      try {
        target = parseEntityRef(ref, {
          defaultKind: field.defaultKind,
          defaultNamespace:
            field.defaultNamespace === 'default'
              ? 'default'
              : ((entity.metadata.namespace as string | undefined) ?? 'default'),
        });
      } catch {
        continue;
      }
      const isAmong = (kinds: readonly string[]): boolean =>
        kinds.some(other => other.toLowerCase() === target.kind.toLowerCase());
      if (field.allowedKinds && !isAmong(field.allowedKinds)) continue;
      const targetRef = stringifyEntityRef(target);
      relations.push(`${self} ${field.relation} ${targetRef}`);
      const reverse = known.find(r => r.forward.type === field.relation && isAmong(r.toKind));
      if (reverse) relations.push(`${targetRef} ${reverse.reverse.type} ${self}`);
    }
  }
  return { error: undefined, relations: relations.toSorted() };
}

async function ourVerdict(
  kinds: KindRegistry,
  entity: Entity,
): Promise<ReturnType<typeof backstageVerdict>> {
  const definition = kinds.find(entity.apiVersion, entity.kind);
  if (!definition) return undefined;
  const [issue] = definition.validate?.(entity) ?? [];
  if (issue) return { error: issue.message, relations: [] };
  const self = stringifyEntityRef(entity);
  const { references } = collectReferences(entity, kinds);
  const relations = references.flatMap(({ targetRef, rule, isOneWay }) => [
    `${self} ${rule.type} ${targetRef}`,
    ...(isOneWay ? [] : [`${targetRef} ${rule.inverse} ${self}`]),
  ]);
  return { error: undefined, relations: relations.toSorted() };
}

describe('compiled model', () => {
  it("equals the default one of Backstage's packages", () => {
    const { model, faults } = compileModel(defaultLayers({ aiModel: true }), { checkSchema });
    const theirs = [defaultCatalogEntityModel, aiResourceEntityModel, mcpServerApiEntityModel];
    expect(faults).toEqual([]);
    expect(comparable(model)).toEqual(backstageModel(theirs as unknown as ModelLayer[]));
  });

  it("validates and relates entities as Backstage's for any layers", async () => {
    await fc.assert(
      fc.asyncProperty(layers, entities, async (given, some) => {
        const own = given.filter(({ layerId }) => layerId.startsWith('acme.com/'));
        let left: readonly ModelLayer[] = [...defaultLayers({ aiModel: false }), ...own];
        for (;;) {
          const [first] = compileModel(left, { checkSchema }).faults;
          if (!first) break;
          left = withoutFault(left, first);
        }
        const theirs = compileCatalogModel(left.map(backstageLayer));
        const model = { ...noModel.data, layers: left };
        const kinds = await kindsOfLayers(model, { customKinds: [], aiModel: false });
        for (const entity of some) {
          const expected = backstageVerdict(theirs, entity);
          if (expected?.error === 'strict') continue;
          const ours = await ourVerdict(kinds, entity);
          // Another version of a known kind is an error of the processing, not of the kind.
          if (expected?.error?.includes('has no version matching')) expect(ours).toBeUndefined();
          else expect(ours).toEqual(expected);
        }
      }),
      longRun({ runs: 25, seed: 20261125 }),
    );
  });

  it("equals Backstage's for any layers, including errors", () => {
    fc.assert(
      fc.property(layers, given => {
        const { model } = compileModel(given, { checkSchema });
        let left: readonly ModelLayer[] = given;
        // Each error that Backstage reports next once the ones before it are resolved.
        for (let found = compileModel(left, { checkSchema }).faults; ;) {
          const theirs = backstageModel(left);
          const [first] = found;
          if (typeof theirs !== 'string' || !first) {
            expect(found).toEqual([]);
            expect(comparable(model)).toEqual(theirs);
            return;
          }
          expect(first.message).toBe(theirs);
          left = withoutFault(left, first);
          found = compileModel(left, { checkSchema }).faults;
        }
      }),
      longRun({ runs: 25, seed: 20261125 }),
    );
  });
});
