import * as z from 'zod/mini';
import { pluginSchema } from '../../src/features/plugins/core/declarative/declaration';

/** Returns the JSON schema of plugins without code, for editors. */
export function pluginJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(pluginSchema, { target: 'draft-7', unrepresentable: 'any', reused: 'ref' });
}
