/** A string; the number of a part; a list: 0 and its items; an object: the number of its keys, from 1, and its values; or any other value. */
type PackedValue = string | number | readonly [number, ...PackedValue[]] | { readonly is: unknown };

type PackedJson = readonly [
  keys: readonly (readonly string[])[],
  parts: readonly PackedValue[],
  root: PackedValue,
];

/** Parses a text of `packJson` in scripts/lib/packJson.mjs. Equal parts are separate objects. */
export function unpackJson(text: string): unknown {
  const [keys, parts, root] = JSON.parse(text) as PackedJson;
  const read = (packed: PackedValue | undefined): unknown => {
    if (typeof packed === 'number') return read(parts[packed]);
    if (typeof packed !== 'object') return packed;
    if ('is' in packed) return packed.is;
    const [shape, ...values] = packed;
    if (shape === 0) return values.map(read);
    const names = keys[shape - 1] ?? [];
    return Object.fromEntries(names.map((name, index) => [name, read(values[index])]));
  };
  return read(root);
}
