import { isRecord } from '../../base';

/** What a server says while it builds docs. Source: `createEventStream` of `plugins/techdocs-backend`. */
export type BuildEvent =
  | { readonly type: 'log'; readonly line: string }
  | { readonly type: 'error'; readonly message: string }
  | { readonly type: 'finish'; readonly isUpdated: boolean };

const MAX_LINE = 1000;

/** Events of a stream as it came; what is none of those is left out. */
export function readBuildEvents(stream: string): readonly BuildEvent[] {
  return stream.split(/\r?\n\r?\n/).flatMap(block => readEvent(block) ?? []);
}

function readEvent(block: string): BuildEvent | undefined {
  const lines = block.split(/\r?\n/);
  const type = valueIn(lines, 'event:');
  const data = parsed(valueIn(lines, 'data:'));
  if (type === 'log') return { type, line: String(data).slice(0, MAX_LINE).trimEnd() };
  if (type === 'error') return { type, message: String(data).slice(0, MAX_LINE) };
  if (type !== 'finish') return undefined;
  return { type, isUpdated: isRecord(data) && data['updated'] === true };
}

function valueIn(lines: readonly string[], field: string): string {
  return (
    lines
      .find(line => line.startsWith(field))
      ?.slice(field.length)
      .trim() ?? ''
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
