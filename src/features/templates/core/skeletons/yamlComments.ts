import { lexYaml } from '../../../../platform/core/yaml';
import { type ScanOptions, scanTemplate } from '../expressions/scanTemplate';
import type { Span } from '../expressions/syntax';

/** `.yaml`, and `.yaml.njk`. */
const YAML = /\.ya?ml(?:\.\w+)?$/i;

/** The lexer marks with these what follows, and takes no part of the text for them. */
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);
const SCALAR = '\u001f';

/**
 * Finds the comments of a YAML file that is filled in, as they are once it is. Other files have none.
 *
 * @param uri - of the file
 */
export function yamlComments(uri: string, text: string, options?: ScanOptions): readonly Span[] {
  if (!YAML.test(uri) || !text.includes('#')) return [];
  const comments: Span[] = [];
  let offset = 0;
  let isScalar = false;
  for (const token of lexYaml(withoutTemplating(text, options))) {
    if (MARKS.has(token)) {
      isScalar = token === SCALAR;
      continue;
    }
    const end = offset + token.length;
    if (token.startsWith('#') && !isScalar) comments.push({ start: offset, end });
    offset = end;
    isScalar = false;
  }
  return comments;
}

/** Puts letters in the place of expressions, and blanks in that of all else that leaves nothing behind. */
function withoutTemplating(text: string, options?: ScanOptions): string {
  const parts = scanTemplate(text, options).segments.map(({ kind, start, end }) => {
    const source = text.slice(start, end);
    if (kind === 'text') return source;
    return (kind === 'expression' ? 'x' : ' ').repeat(source.length);
  });
  return parts.join('');
}
