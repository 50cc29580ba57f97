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
