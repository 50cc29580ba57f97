import { isRecord } from '../../../../base';
import type { ServerEvent } from './eventStream';

/** What a server says while it builds docs. Source: `createEventStream` of `plugins/techdocs-backend`. */
export type BuildEvent =
  | { readonly type: 'log'; readonly line: string }
  | { readonly type: 'error'; readonly message: string }
  | { readonly type: 'finish'; readonly isUpdated: boolean };

const MAX_LINE = 1000;

/** Undefined for what is none of those. */
export function readBuildEvent({ type, value }: ServerEvent): BuildEvent | undefined {
  if (type === 'log') return { type, line: String(value).slice(0, MAX_LINE).trimEnd() };
  if (type === 'error') return { type, message: String(value).slice(0, MAX_LINE) };
  if (type !== 'finish') return undefined;
  return { type, isUpdated: isRecord(value) && value['updated'] === true };
}
