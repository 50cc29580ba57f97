import { Ajv } from 'ajv';
import type { SchemaCheck } from '../../../../model/layers';
import { ownReferences } from './compileKindSchema';

let ajv: Ajv | undefined;

/**
 * Checks a schema of a catalog model against draft-07.
 *
 * Source: `validateMetaSchema` (`packages/catalog-model/src/model/jsonSchema`).
 */
export const checkSchema: SchemaCheck = schema => {
  ajv ??= new Ajv({
    allowUnionTypes: true,
    allErrors: true,
    logger: false,
    uriResolver: ownReferences,
  });
  try {
    void ajv.validateSchema(schema);
  } catch (error) {
    return `Invalid JSON schema: ${String(error)}`;
  }
  const [error] = ajv.errors ?? [];
  if (!error) return undefined;
  const { instancePath, message = '', params } = error;
  const allowed: unknown = (params as Readonly<Record<string, unknown>>)['allowedValues'];
  const expected = Array.isArray(allowed) ? `, expected one of: ${allowed.join(', ')}` : '';
  return `Invalid JSON schema, error at path ${instancePath}: ${message}${expected}`;
};
