import schema from '../../../../../../media/schemas/plugin.json';
import type { JsonSchema } from './jsonSchema';

/** Schema of `.callboard/plugin.yaml`, which `npm run manifest` writes. Problems are reported by the plugins themselves. */
export const pluginSchema: JsonSchema = schema;
