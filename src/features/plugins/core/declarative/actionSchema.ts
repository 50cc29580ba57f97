import { EMPTY_RANGE, failure, isRecord, ok, type Range, type Result } from '../../../../base';
import type { JsonObject } from '../../../../model';
import { jsonRecord } from '../../../../model/json';
import { readWithin } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import { parsePlacedText } from './placedText';

/** Maximum size of a schema, in bytes. */
const MAX_SIZE = 256 * 1024;

/** Why a schema can't be used, with the place in its file. */
export interface SchemaFault {
  readonly message: string;
  readonly range: Range;
}

/**
 * Reads the JSON schema of the input of an action, as JSON or YAML.
 *
 * @param uri - URI of the file, which must be in the boundary (a URI)
 */
export async function readActionSchema(
  uri: string,
  boundary: string,
  fileSystem: FileSystem,
): Promise<Result<JsonObject, SchemaFault>> {
  const fault = (message: string): Result<JsonObject, SchemaFault> =>
    failure({ message, range: EMPTY_RANGE });
  const read = await readWithin(fileSystem, { uri, boundary, maxSize: MAX_SIZE });
  if (read.type === 'missing') return fault("the file doesn't exist");
  if (read.type === 'outside') return fault('it leads out of the folder of the plugin');
  if (read.type !== 'text') return fault(read.message);
  const placed = parsePlacedText(read.text);
  if (!placed.ok) return placed;
  const { value, locate } = placed.value;
  if (!isRecord(value)) return fault('A schema must be an object');
  const { type } = value;
  if (type !== undefined && type !== 'object') {
    return failure({
      message: 'The schema of an input must have the type "object"',
      range: locate(['type']),
    });
  }
  return ok(jsonRecord(value));
}
