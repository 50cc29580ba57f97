import { type OffsetEdit, scalarText } from '../../core/edits';
import type { WrittenScalar } from '../documents/cursor';
import type { YamlText } from '../documents/yamlText';
import { innerSpan } from '../mentions/mention';
import { refParts } from '../mentions/refParts';

/**
 * What of a scalar is its value letter by letter, quotes and the first line of a block text left out;
 * undefined where escapes or breaks make the value another text than the one that stands there.
 */
export function valueSpan(
  text: YamlText,
  scalar: WrittenScalar,
): { readonly start: number; readonly end: number } | undefined {
  if (scalar.style !== 'block') return innerSpan(text, scalar);
  const source = text.text.slice(scalar.start, scalar.end);
  const header = /^[^\r\n]*(?:\r\n|\n|\r)/.exec(source)?.[0].length ?? source.length;
  const body = source.slice(header);
  if (scalar.value === '' || body.trim() !== scalar.value) return undefined;
  const start = scalar.start + header + body.indexOf(scalar.value);
  return { start, end: start + scalar.value.length };
}

/**
 * The smallest edit that makes the value of a scalar another one of a single line, quotes kept: quotes
 * are only added where a plain text would be read as something else. Of a ref whose name alone
 * changes, the name is replaced.
 *
 * @returns undefined where the value is written in a way that no small edit can change
 */
export function scalarEdit(
  text: YamlText,
  scalar: WrittenScalar,
  value: string,
): OffsetEdit | undefined {
  const { start, end, style } = scalar;
  if (style === 'plain' && scalarText(value, 'PLAIN') !== value) {
    return { start, end, text: scalarText(value, 'PLAIN') };
  }
  const span = valueSpan(text, scalar);
  if (!span) {
    if (style === 'block') return undefined;
    return { start, end, text: scalarText(value, STYLES[style]) };
  }
  const [before, after] = [nameStart(scalar.value), nameStart(value)];
  if (scalar.value.slice(0, before) === value.slice(0, after)) {
    return { ...span, start: span.start + before, text: value.slice(after) };
  }
  return { ...span, text: value };
}

const STYLES = { plain: 'PLAIN', single: 'QUOTE_SINGLE', double: 'QUOTE_DOUBLE' } as const;

function nameStart(ref: string): number {
  return refParts(ref).name.start;
}
