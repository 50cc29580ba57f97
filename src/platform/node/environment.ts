/** Environment variables by their names, which anybody may have written: `constructor` is none. */
export function environmentOf(
  variables: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  const entries = Object.entries(variables);
  return new Map(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
