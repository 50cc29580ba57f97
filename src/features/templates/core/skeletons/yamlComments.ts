import { lexYaml } from '../../../../platform/core/yaml';
import { type ScanOptions, scanTemplate } from '../expressions/scanTemplate';
import type { Span } from '../expressions/syntax';

/** `.yaml` and `.yaml.njk`. */
const YAML = /\.ya?ml(?:\.\w+)?$/i;

/** Lexer tokens that describe the next one and have no text. */
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);
const SCALAR = '\u001f';

/**
 * Finds the comments of a rendered YAML file. Other files have none.
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

/** Replaces expressions with letters and other tags with spaces, of the same length. */
function withoutTemplating(text: string, options?: ScanOptions): string {
  const parts = scanTemplate(text, options).segments.map(({ kind, start, end }) => {
    const source = text.slice(start, end);
    if (kind === 'text') return source;
    return (kind === 'expression' ? 'x' : ' ').repeat(source.length);
  });
  return parts.join('');
}
