import { failure, ok, type Result } from '../../../../base';
import { valueAtPath } from '../../../../model/predicates';

/** A text with placeholders, such as `https://run.acme.dev/{{metadata.name}}`. */
export type TextTemplate = readonly (string | { readonly path: string })[];

/**
 * Parses a text with placeholders in Mustache's syntax. Only dotted paths are allowed: no sections,
 * partials, comments or other tags, so that a text can't run anything.
 */
export function parseTextTemplate(text: string): Result<TextTemplate, string> {
  const parts: (string | { readonly path: string })[] = [];
  let at = 0;
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', at)) {
    const end = text.indexOf('}}', start);
    if (end < 0) return failure('"{{" needs a closing "}}"');
    const path = text.slice(start + 2, end).trim();
    if (/^[#^/>!&={]/.test(path) || path === '' || /[{}\s]/.test(path)) {
      return failure(
        `"{{${path.slice(0, 50)}}}" isn't supported. Use the path of a field, such as {{metadata.name}}`,
      );
    }
    if (start > at) parts.push(text.slice(at, start));
    parts.push({ path });
    at = end + 2;
  }
  if (at < text.length) parts.push(text.slice(at));
  return ok(parts);
}

/** How values are written into a text. */
export interface RenderOptions {
  /** Whether values are encoded as parts of a URL, except one at its start. `/` stays. */
  readonly isUrl?: boolean;
}

/** Returns the text with the values of an entity; undefined if one is missing. */
export function renderTextTemplate(
  template: string,
  entity: unknown,
  { isUrl = false }: RenderOptions = {},
): string | undefined {
  const parsed = parseTextTemplate(template);
  if (!parsed.ok) return undefined;
  let text = '';
  for (const part of parsed.value) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const value = valueAtPath(entity, part.path);
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'object') return undefined;
    const written = `${value as string | number | boolean}`;
    text += isUrl && text !== '' ? encodeURIComponent(written).replaceAll('%2F', '/') : written;
  }
  return text;
}
