import { errorMessage } from '../../../../base';
import type { CustomKind } from '../../../../model';
import {
  type CatalogModel,
  compileModel,
  defaultModel,
  isDefaultVariant,
  type ModelFault,
  type ModelLayer,
  type ReadLayer,
  readLayer,
  stackedLayers,
} from '../../../../model/layers';
import { type ModelNames, noModelNames } from '../../../../model/presentation';
import type { FileSystem } from '../../../../platform/core/ports';
import { nearNames } from '../../../../platform/core';
import { checkSchema } from '../customKinds/checkSchema';
import { compileKindSchema } from '../customKinds/compileKindSchema';
import type { FoundPluginLayers } from '../../../plugins/core';
import { fallbackLayerId, type LayerDocument, LayerFiles } from './layerFiles';
import type { LayeredKind, LoadedModel, ModelData } from './modelData';
import { bundleSchema, bundleSchemas } from './layeredKinds';

/** Options of {@link loadLayers}. */
interface LayerOptions {
  /** Paths or globs of the setting `callboard.catalog.modelLayers`. */
  readonly patterns: readonly string[];
  readonly customKinds: readonly CustomKind[];
  readonly roots: readonly string[];
  readonly plugins: Pick<FoundPluginLayers, 'plugins' | 'fileSystem'> | undefined;
  readonly fileSystem: FileSystem;
  readonly aiModel: boolean;
}

/** Loaded layers, with the URIs of their files. */
interface LoadedLayers extends Omit<LoadedModel, 'data'> {
  readonly data: Omit<ModelData, 'schemas' | 'actions'>;
  readonly files: readonly string[];
}

/** A layer with its file. */
interface PlacedLayer {
  readonly read: ReadLayer;
  readonly file: LayerDocument;
  readonly files: LayerFiles;
}

/**
 * Loads the layers of a catalog model: of plugins, then of the files in `.callboard/config.yaml` of each workspace
 * folder, then of those in the setting, in every folder. What is wrong with a layer is a problem at
 * its place; the rest of the model is used.
 */
export async function loadLayers({
  patterns,
  customKinds,
  roots,
  plugins,
  fileSystem,
  aiModel,
}: LayerOptions): Promise<LoadedLayers> {
  const named: { readonly files: LayerFiles; readonly patterns: readonly string[] }[] = [];
  for (const { folder, patterns: declared } of plugins?.plugins ?? []) {
    const deps = { root: folder, fileSystem: plugins?.fileSystem ?? fileSystem };
    const files = new LayerFiles({ ...deps, isOfPlugin: true });
    named.push({ files, patterns: declared });
  }
  for (const root of roots) {
    const files = new LayerFiles({ root, fileSystem });
    named.push({ files, patterns: [...(await files.configuredPatterns()), ...patterns] });
  }
  const folders = named.map(({ files }) => files);
  const placed: PlacedLayer[] = [];
  for (const { files, patterns: wanted } of named) {
    for (const file of await files.read(wanted)) {
      const fallbackId = fallbackLayerId(file);
      const read = readLayer(file.document.value, { fallbackId, checkSchema });
      for (const { message, path, at, known } of read.faults) {
        const written = at === 'key' ? String(path.at(-1)) : /"([^"]*)"/.exec(message)?.[1];
        const suggestions = known && written ? nearNames(written, known) : [];
        files.report(file, { code: 'invalid-model', message, path, at, suggestions });
      }
      placed.push({ read, file, files });
    }
  }
  const layers = placed.map(({ read }) => read.layer);
  const stacked = stackedLayers({ customKinds, layers, aiModel });
  const { model, faults } = compileModel(stacked, { checkSchema });
  for (const fault of faults)
    reportFault(fault, placed[layers.indexOf(stacked[fault.layer] ?? noLayer)]);
  await reportUnusable(model, placed);
  return {
    data: {
      layers,
      kinds: layers.length ? await kindsForEditors(model) : [],
      ...namesOf(layers.length ? model : undefined),
    },
    problems: folders.flatMap(({ problems }) => problems),
    files: [...new Set(placed.map(({ file }) => file.uri))],
    dependencies: new Set(folders.flatMap(({ dependencies }) => [...dependencies])),
  };
}

const noLayer: ModelLayer = { layerId: '', ops: [] };

function reportFault({ message, op, path }: ModelFault, placed: PlacedLayer | undefined): void {
  // An error in a layer that isn't in a file: Backstage's own ones don't fit a replaced model.
  if (!placed) return;
  const { file, files, read } = placed;
  const place = op === undefined ? ['layerId'] : (read.paths[op] ?? []);
  files.report(file, {
    code: 'invalid-model',
    message,
    path: [...place, ...path],
    at: 'value',
  });
}

/** Reports schemas that can't be compiled, at the operation that declares their kind. */
async function reportUnusable(model: CatalogModel, placed: readonly PlacedLayer[]): Promise<void> {
  const { bundles, unusable } = await bundleSchemas(model);
  const reasons = new Map(unusable.map(({ schema, reason }) => [schema, reason]));
  for (const [schema, bundle] of bundles) {
    try {
      compileKindSchema(bundle);
    } catch (error) {
      reasons.set(schema, errorMessage(error));
    }
  }
  if (!reasons.size) return;
  for (const { kind, versions } of model.kinds) {
    for (const { name, variants } of versions) {
      for (const { specType, schema } of variants) {
        const reason = reasons.get(schema);
        if (reason === undefined) continue;
        reportSchema({ kind, name, specType, reason: reason.slice(0, 1000) }, placed);
      }
    }
  }
}

function reportSchema(
  {
    kind,
    name,
    specType,
    reason,
  }: { kind: string; name: string; specType: string | undefined; reason: string },
  placed: readonly PlacedLayer[],
): void {
  for (const { read, file, files } of placed.toReversed()) {
    const index = read.layer.ops.findLastIndex(
      op =>
        (op.op === 'declareKindVersion.v1' || op.op === 'updateKindVersion.v1') &&
        op.kind === kind &&
        op.name === name &&
        op.specType === specType,
    );
    const path = read.paths[index];
    if (!path) continue;
    files.report(file, {
      code: 'invalid-model',
      message: `The schema of ${kind} ${name} can't be used: ${reason}`,
      path: [...path, 'properties', 'schema'],
      at: 'key',
    });
    return;
  }
}

/** Returns the schemas of kinds that aren't Backstage's own. */
async function kindsForEditors(model: CatalogModel): Promise<readonly LayeredKind[]> {
  const kinds: LayeredKind[] = [];
  for (const { kind, versions } of model.kinds) {
    for (const { apiVersion, variants } of versions) {
      if (variants.every(isDefaultVariant)) continue;
      for (const { specType, ownSchema } of variants) {
        const schema = await bundleSchema(ownSchema);
        if (!schema) continue;
        kinds.push({ kind, apiVersions: [apiVersion], ...(specType && { specType }), schema });
      }
    }
  }
  return kinds;
}

/** Returns what a model names otherwise than Backstage's own. */
function namesOf(model: CatalogModel | undefined): Pick<ModelData, 'relations' | 'names'> {
  if (!model) return { relations: [], names: noModelNames };
  const known = defaultModel();
  const plurals = model.kinds.flatMap(({ kind, plural }) =>
    known.kinds.some(other => other.kind === kind && other.plural === plural)
      ? []
      : [[kind.toLowerCase(), plural] as const],
  );
  const own = model.relations.filter(
    ({ type, title }) => !known.relations.some(r => r.type === type && r.title === title),
  );
  const names: ModelNames = {
    plurals: Object.fromEntries(plurals),
    relations: Object.fromEntries(own.map(({ type, title }) => [type, title])),
  };
  const relations = model.relations.map(({ type, reverseType }) => ({
    type,
    inverse: reverseType,
  }));
  return { relations, names };
}
