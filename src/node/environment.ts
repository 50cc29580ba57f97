/**
 * Asks for environment variables by names that anybody may have written: `constructor` is none,
 * although the object that holds them has something of that name. Values are trimmed, as a
 * Backstage does for its config.
 */
export function environmentOf(
  variables: Readonly<Record<string, string | undefined>>,
): (name: string) => string | undefined {
  return name => (Object.hasOwn(variables, name) ? variables[name]?.trim() : undefined);
}
