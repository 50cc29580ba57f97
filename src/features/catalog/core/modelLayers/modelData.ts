import type { Problem, Release } from '../../../../model';
import type { ModelLayer } from '../../../../model/layers';
import { type ModelNames, noModelNames } from '../../../../model/presentation';
import type { DescribedAction } from '../../../plugins/core';
import type { KindSchema } from '../customKinds/kindSchema';
import type { KindSchemas } from '../customKinds/kindSchemas';

/** The organization's model as plain data, which is passed between processes. */
export interface ModelData {
  /** Schemas of the settings' custom kinds. */
  readonly schemas: KindSchemas;
  /** Layers of files, without Backstage's own. */
  readonly layers: readonly ModelLayer[];
  /** Schemas for editors, of kinds that layers declare or change. */
  readonly kinds: readonly LayeredKind[];
  /** Types of the relations that the layers declare. */
  readonly relations: readonly { readonly type: string; readonly inverse: string }[];
  readonly names: ModelNames;
  /** Actions of templates that plugins describe. */
  readonly actions: readonly DescribedAction[];
  /** Release of the Backstage; undefined: the latest one. */
  readonly release?: Release | undefined;
}

/** A kind of layers, with the schema of its fields. */
export interface LayeredKind {
  readonly kind: string;
  readonly apiVersions: readonly string[];
  /** `spec.type` of the entities; undefined for those of no other entry. */
  readonly specType?: string;
  readonly schema: KindSchema;
}

/** The loaded model, with problems of its files. */
export interface LoadedModel {
  readonly data: ModelData;
  readonly problems: readonly Problem[];
  /** URIs of files and folders whose changes can change the model, whether or not they exist. */
  readonly dependencies: ReadonlySet<string>;
}

export const noModelData: ModelData = {
  schemas: {},
  layers: [],
  kinds: [],
  relations: [],
  names: noModelNames,
  actions: [],
};

export const noModel: LoadedModel = {
  data: noModelData,
  problems: [],
  dependencies: new Set(),
};

/** Path of the file with the release of a Backstage repository. */
export const RELEASE_PATH = 'backstage.json';

/** Path of a folder's configuration file, which lists layers among others. */
export const CONFIG_PATH = '.callboard/config.yaml';
