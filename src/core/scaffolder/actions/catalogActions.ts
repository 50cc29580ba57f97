import { stringify } from 'yaml';
import type { CatalogService, ScaffolderAction } from '../../../api';
import { isRecord } from '../../../base';
import {
  type JsonObject,
  type JsonValue,
  parseEntityRef,
  stringifyEntityRef,
} from '../../../model';
import { toJson } from '../templates/entityJson';
import { backstageSchema } from './backstageSchema';
import { flagInput, textInput, textsInput } from './inputs';

/** Where entities are looked up. */
export interface EntityLookup {
  /** @param ref - `kind:namespace/name`, in lower case */
  getEntityByRef(ref: string): Promise<JsonObject | undefined>;
}

/** What a catalog has of its entities; nothing where there is none. */
export function lookupIn(catalog: Pick<CatalogService, 'loadEntity'> | undefined): EntityLookup {
  return {
    async getEntityByRef(ref) {
      const entity = await catalog?.loadEntity(ref);
      return entity && toJson(entity);
    },
  };
}

/** Source: `createFetchCatalogEntityAction`. */
export function fetchEntity(catalog: EntityLookup): ScaffolderAction {
  return {
    ...backstageSchema('catalog:fetch'),
    supportsDryRun: true,
    async handler({ input, output }) {
      const entityRef = textInput(input, 'entityRef');
      const entityRefs = textsInput(input, 'entityRefs');
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
      if (entityRefs) output('entities', await Promise.all(entityRefs.map(find)));
    },
  };
}

function fullRef(ref: string, input: JsonObject): string {
  const defaultKind = textInput(input, 'defaultKind');
  const defaultNamespace = textInput(input, 'defaultNamespace');
  return stringifyEntityRef(
    parseEntityRef(ref, {
      ...(defaultKind === undefined ? {} : { defaultKind }),
      ...(defaultNamespace === undefined ? {} : { defaultNamespace }),
    }),
  );
}

/** Source: `createCatalogWriteAction`. */
export const writeEntity: ScaffolderAction = {
  ...backstageSchema('catalog:write'),
  supportsDryRun: true,
  handler({ input, workspace, logger, templateInfo }) {
    const path = textInput(input, 'filePath') ?? 'catalog-info.yaml';
    logger.info(`Writing ${path}`);
    const entity = recordAt(input, 'entity');
    const { metadata: written } = entity;
    if (written === undefined || written === null) {
      throw new TypeError(`Cannot read properties of ${written} (reading 'annotations')`);
    }
    const metadata = recordAt(entity, 'metadata');
    const annotations = {
      ...recordAt(metadata, 'annotations'),
      'backstage.io/source-template': templateInfo.entityRef,
    };
    const target = workspace.resolve(path);
    workspace.writeFile(target, stringify({ ...entity, metadata: { ...metadata, annotations } }));
    return Promise.resolve();
  },
};

function recordAt(value: JsonObject, key: string): JsonObject {
  const child = value[key];
  return isRecord(child) ? child : {};
}
