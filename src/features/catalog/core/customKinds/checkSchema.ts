import { Ajv } from 'ajv';
import type { SchemaCheck } from '../../../../model/layers';
import { ownReferences, uniqueItems } from './compileKindSchema';

let ajv: Ajv | undefined;

/**
 * Checks a schema of a catalog model against draft-07.
 *
 * Source: `validateMetaSchema` (`packages/catalog-model/src/model/jsonSchema`).
 */
export const checkSchema: SchemaCheck = schema => {
  ajv ??= createAjv();
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

function createAjv(): Ajv {
  const created = new Ajv({
    allowUnionTypes: true,
    allErrors: true,
    validateFormats: false,
    logger: false,
    uriResolver: ownReferences,
  });
  // The packed program has no other implementation of the keyword, which draft-07 uses itself.
  created.removeKeyword('uniqueItems');
  created.addKeyword(uniqueItems(() => undefined));
  return created;
}
