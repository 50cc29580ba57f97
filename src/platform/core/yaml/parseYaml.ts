import { Lexer, parseDocument } from 'yaml';
import { LineIndex } from '../../../base';
import { composeDocuments } from './composeDocuments';

/** The maximum number of uses of an anchor, multiplied for nested anchors; the default of `yaml`. */
export const MAX_ALIASES = 100;

/**
 * Parses an untrusted text with one YAML document; null for an empty text.
 *
 * @throws Error with the place for invalid YAML, and for a text that exceeds a limit
 */
export function parseYaml(text: string): unknown {
  const [composed, second] = composeDocuments(text);
  if (!composed) return null;
  const { document, excess, base } = composed;
  const placed = (message: string, offset: number): Error => {
    const { line, character } = new LineIndex(text).positionAt(offset);
    return new Error(`${message} at line ${line + 1}, column ${character + 1}`);
  };
  if (!document) throw placed(excess?.message ?? '', base + (excess?.pos[0] ?? 0));
  const [error] = document.errors;
  if (error) throw placed(error.message, base + error.pos[0]);
  if (second) throw placed('Only one YAML document is expected', second.start);
  return document.toJS({ maxAliasCount: MAX_ALIASES });
}

/** Returns the lexemes of a text as in `yaml`, including its control codes. Expands nothing; takes linear time. */
export function lexYaml(text: string): Iterable<string> {
  return new Lexer().lex(text);
}

/**
 * Whether an unquoted text keeps its value, in block and flow collections, with parsers of YAML 1.2 and 1.1, where `on`
 * and `2020-01-01` aren't strings.
 */
export function isPlainScalar(value: string): boolean {
  if (!/^[\p{L}\p{N}_./$](?:[^\p{Cc},[\]{}#&*!|>'"%@`]*[^\s:,[\]{}#&*!|>'"%@`])?$/u.test(value)) {
    return false;
  }
  return (['1.1', '1.2'] as const).every(version => {
    const document = parseDocument(`[${value}]`, { version, logLevel: 'silent' });
    if (document.errors.length) return false;
    const items: unknown = document.toJS();
    return Array.isArray(items) && items.length === 1 && items[0] === value;
  });
}
