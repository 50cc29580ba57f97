/** Names of keys whose values may be secrets. */
const SECRET_KEY =
  /(?:token|secret|passw|passphrase|credential|authorization|cookie|key)\w{0,40}["']?:(?=[\s"']|$)/gi;
/** A value that only names a variable. */
const VARIABLE = /^["']?\$\{[^}]*\}{1,2}["']?$/;

/**
 * Hides values of a YAML text that may be secrets, which CI would log: the rest of the line, and the lines that
 * continue it. The lines stay the same in number.
 */
export function withoutSecrets(text: string): string {
  /** Column of the key whose value goes on in the next lines. */
  let column: number | undefined;
  return text
    .split('\n')
    .map(line => {
      const indent = line.search(/[^ ]/);
      if (column !== undefined && (indent < 0 || indent > column)) {
        return indent < 0 ? line : `${' '.repeat(indent)}…`;
      }
      column = undefined;
      for (const { index, 0: key } of line.matchAll(SECRET_KEY)) {
        const start = index + key.length;
        const { value, rest } = splitValue(line.slice(start));
        if (value === '' || VARIABLE.test(value) || /^[[{]/.test(value)) continue;
        column = Math.max(line.search(/[^ -]/), 0);
        return `${line.slice(0, start)} …${rest}`;
      }
      return line;
    })
    .join('\n');
}

/** Splits brackets and spaces from the end of a line. */
function splitValue(text: string): { readonly value: string; readonly rest: string } {
  let end = text.length;
  while (end > 0 && ' ]}\r'.includes(text.charAt(end - 1))) end--;
  // The braces of a variable.
  if (text.includes('${')) end += /^\}{0,2}/.exec(text.slice(end))?.[0].length ?? 0;
  return { value: text.slice(0, end).trim(), rest: text.slice(end) };
}
