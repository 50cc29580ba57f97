/** Returns a snippet as inserted: each tab stop is replaced by its default text or first choice. */
export function expandSnippet(snippet: string): string {
  let text = '';
  for (let at = 0; at < snippet.length;) {
    const rest = snippet.slice(at);
    const [whole, value = ''] = /^\\([\\$}])/.exec(rest) ??
      /^\$\d+()/.exec(rest) ??
      /^\$\{\d+()\}/.exec(rest) ??
      /^\$\{\d+:((?:\\.|[^\\}])*)\}/s.exec(rest) ??
      /^\$\{\d+\|((?:\\.|[^\\,|])*)(?:,(?:\\.|[^\\|])*)?\|\}/s.exec(rest) ?? [
        rest.charAt(0),
        rest.charAt(0),
      ];
    text += whole.length > 2 ? value.replace(/\\(.)/gs, '$1') : value;
    at += whole.length;
  }
  return text;
}
