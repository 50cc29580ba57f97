import { isRecord } from '../../../../base';
import { isNumber, isText } from './documents';
import { isOperationName, type OperationName } from './operations';

/** To the thread of an index. */
export type IndexRequest =
  | { readonly id: number; readonly operation: OperationName; readonly input: unknown }
  /** Nobody waits for that one any more. */
  | { readonly cancel: number };

/** From it, once for each operation. */
export type IndexReply =
  | { readonly id: number; readonly isOk: true; readonly output: unknown }
  | {
      readonly id: number;
      readonly isOk: false;
      readonly message: string;
    };

export function isIndexRequest(value: unknown): value is IndexRequest {
  if (!isRecord(value)) return false;
  return (
    isNumber(value['cancel']) || (isNumber(value['id']) && isOperationName(value['operation']))
  );
}

export function isIndexReply(value: unknown): value is IndexReply {
  if (!isRecord(value) || !isNumber(value['id'])) return false;
  return value['isOk'] === true || (value['isOk'] === false && isText(value['message']));
}

/** In bytes. What Node reads of small files shares its memory with others, which must not lose theirs. */
const MIN_HANDED_OVER = 64 * 1024;

/** What of bytes is handed over to the other thread, and gone on this one. */
export function handedOver(value: unknown): readonly ArrayBuffer[] {
  if (!(value instanceof Uint8Array) || !(value.buffer instanceof ArrayBuffer)) return [];
  return value.byteLength >= MIN_HANDED_OVER ? [value.buffer] : [];
}
