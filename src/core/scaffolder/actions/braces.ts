/**
 * The patterns that one with alternatives in braces stands for: `a/{b,c}` for `a/b` and `a/c`. Ranges such as
 * `{1..3}` stay, as do braces that are escaped or hold no comma.
 */
export function alternatives(pattern: string): readonly string[] {
  for (let start = nextBrace(pattern, 0); start >= 0; start = nextBrace(pattern, start + 1)) {
    const parts = partsOf(pattern, start);
    if (!parts) continue;
    const before = pattern.slice(0, start);
    return parts.choices.flatMap(choice => alternatives(`${before}${choice}${parts.after}`));
  }
  return [pattern];
}

function nextBrace(pattern: string, from: number): number {
  let at = pattern.indexOf('{', from);
  while (at > 0 && pattern[at - 1] === '\\') at = pattern.indexOf('{', at + 1);
  return at;
}

/** What stands between the commas of braces, and behind them; undefined where they hold no comma, or never end. */
function partsOf(
  pattern: string,
  start: number,
): { readonly choices: readonly string[]; readonly after: string } | undefined {
  const choices: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') at++;
    else if (character === '{') depth++;
    else if (character === ',' && depth === 1) {
      choices.push(pattern.slice(from, at));
      from = at + 1;
    } else if (character === '}' && --depth === 0) {
      if (choices.length === 0) return undefined;
      return { choices: [...choices, pattern.slice(from, at)], after: pattern.slice(at + 1) };
    }
  }
  return undefined;
}
