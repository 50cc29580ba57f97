import { Lexer, parseDocument } from 'yaml';
import { LineIndex } from '../../../base';
import { composeDocuments } from './composeDocuments';

/** Uses of one anchor, those inside of other anchors multiplied; the default of `yaml`. */
export const MAX_ALIASES = 100;

/**
 * The value of a text that is one YAML document, which others may have written; null for an empty text.
 *
 * @throws Error with the place for what is no YAML, and for what exceeds a limit
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

/** The lexemes of a text as `yaml` has them, its control codes included. Expands nothing, in linear time. */
export function lexYaml(text: string): Iterable<string> {
  return new Lexer().lex(text);
}

/**
 * Whether a text without quotes is read as itself, in block and flow collections, by parsers of
 * YAML 1.2 and of 1.1, for which `on` and `2020-01-01` are no strings.
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
