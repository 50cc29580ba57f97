import { distance } from 'fastest-levenshtein';
import type { Problem } from '../../../../../model';
import type { YamlText } from '../../documents/yamlText';
import { refParts } from '../../mentions/refParts';

/** The first, unless the second is as near: then nobody can tell which was meant. */
export function clearlyNearest(
  [first, second]: readonly string[],
  text: YamlText,
  { range }: Problem,
): string | undefined {
  if (first === undefined || second === undefined) return first;
  const written = text.text
    .slice(text.offsetAt(range.start), text.offsetAt(range.end))
    .replace(/^(["'])(.*)\1$/s, '$2');
  if (written.length > LONGEST) return undefined;
  const steps = (suggestion: string): number => distance(nameIn(suggestion), nameIn(written));
  return steps(first) < steps(second) ? first : undefined;
}

/** Names and keys of annotations are shorter. */
const LONGEST = 1000;

function nameIn(ref: string): string {
  const { start, end } = refParts(ref).name;
  return ref.slice(start, end).toLowerCase();
}
