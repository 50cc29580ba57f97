/**
 * Where the `url` of a `fetch:…` step leads to, relative to its Template: up to the first expression, whole
 * segments only. Undefined where it is none, leads elsewhere, or nowhere that could be told.
 */
export function fetchedPlace(url: unknown): string | undefined {
  if (typeof url !== 'string' || /^[A-Za-z][\w+.-]*:|^\//.test(url)) return undefined;
  const expression = url.search(/\$\{\{|\{%|\{#/);
  if (expression < 0) return url;
  const start = url.slice(0, expression);
  return start.includes('/') ? start.slice(0, start.lastIndexOf('/')) : undefined;
}
