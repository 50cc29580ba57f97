export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** The texts under some names anywhere in a value, in their order. */
export function textsUnder(value: unknown, names: ReadonlySet<string>): string[] {
  if (Array.isArray(value)) return value.flatMap(item => textsUnder(item, names));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string' ? (names.has(name) ? [inner] : []) : textsUnder(inner, names),
  );
}

/** The names of all parameters of a template's form. */
export function parameterNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(parameterNames);
  if (!isRecord(value)) return [];
  const { properties } = value;
  const own = isRecord(properties) ? Object.keys(properties) : [];
  return [...own, ...Object.values(value).flatMap(parameterNames)];
}
