import { stringify } from 'yaml';
import type { CatalogService, ScaffolderAction } from '../../../../api';
import { isRecord } from '../../../../base';
import {
  type JsonObject,
  type JsonValue,
  parseEntityRef,
  stringifyEntityRef,
} from '../../../../model';
import { jsonRecord, recordAt } from '../../../../model/json';
import { backstageAction, flagInput, listInput, textInput } from './inputs';

/** Finds entities by ref. */
export interface EntityLookup {
  /** @param ref - `kind:namespace/name`, in lowercase */
  getEntityByRef(ref: string): Promise<JsonObject | undefined>;
}

/** Finds entities in a catalog, or none if there is no catalog. */
export function lookupIn(catalog: Pick<CatalogService, 'loadEntity'> | undefined): EntityLookup {
  return {
    async getEntityByRef(ref) {
      const entity = await catalog?.loadEntity(ref);
      return entity && jsonRecord(entity);
    },
  };
}

/** Source: `createFetchCatalogEntityAction`. */
export function fetchEntity(catalog: EntityLookup): ScaffolderAction {
  return backstageAction('catalog:fetch', async ({ input, output }) => {
    const entityRef = textInput(input, 'entityRef');
    const entityRefs = listInput(input, 'entityRefs');
    const isOptional = flagInput(input, 'optional');
    if (!entityRef && !entityRefs) {
      if (isOptional) return;
      throw new Error('Missing entity reference or references');
    }
    const find = async (ref: string): Promise<JsonValue> => {
      const entity = await catalog.getEntityByRef(fullRef(ref, input));
      if (!entity && !isOptional) throw new Error(`Entity ${ref} not found`);
      return entity ?? null;
    };
    if (entityRef) output('entity', await find(entityRef));
    if (entityRefs) {
      const found = entityRefs.map(ref =>
        typeof ref === 'string' ? find(ref) : Promise.resolve(null),
      );
      output('entities', await Promise.all(found));
    }
  });
}

function fullRef(ref: string, input: JsonObject): string {
  const defaultKind = textInput(input, 'defaultKind');
  const defaultNamespace = textInput(input, 'defaultNamespace');
  return stringifyEntityRef(parseEntityRef(ref, { defaultKind, defaultNamespace }));
}

/** Source: `createCatalogWriteAction`. */
export const writeEntity = backstageAction(
  'catalog:write',
  ({ input, workspace, logger, templateInfo }) => {
    const path = textInput(input, 'filePath') ?? 'catalog-info.yaml';
    logger.info(`Writing ${path}`);
    const entity = recordAt(input, 'entity');
    const { metadata } = entity;
    if (metadata === undefined || metadata === null) {
      throw new TypeError(`Cannot read properties of ${metadata} (reading 'annotations')`);
    }
    const before = isRecord(metadata) ? metadata['annotations'] : undefined;
    const annotations = Object.assign({}, before, {
      'backstage.io/source-template': templateInfo.entityRef,
    });
    const target = workspace.resolve(path);
    workspace.writeFile(
      target,
      stringify({ ...entity, metadata: Object.assign({}, metadata, { annotations }) }),
    );
  },
);
