/** Returns environment variables as a map, because untrusted names such as `constructor` may be looked up. */
export function environmentOf(
  variables: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  const entries = Object.entries(variables);
  return new Map(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
