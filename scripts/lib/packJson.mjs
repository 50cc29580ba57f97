/**
 * Packs a JSON value into a text for `unpackJson` of src/base/data/packedJson.ts, which documents the format. Equal
 * parts are written once, which halves the size of schemas.
 *
 * @param {unknown} value as `JSON.stringify` takes it
 * @returns {string}
 */
export function packJson(value) {
  const plain = JSON.parse(JSON.stringify(value));
  const counts = countParts(plain, new Map());
  /** @type {(readonly string[])[]} */
  const shapes = [];
  /** @type {Map<string, number>} */
  const shapeIndexes = new Map();
  /** @type {unknown[]} */
  const parts = [];
  /** @type {Map<string, number>} */
  const partIndexes = new Map();

  /**
   * @param {unknown} part
   * @returns {unknown}
   */
  const write = part => {
    const text = JSON.stringify(part);
    if ((counts.get(text) ?? 0) < 2 || text.length < SHORT) return writeOnce(part);
    const known = partIndexes.get(text);
    if (known !== undefined) return known;
    const written = writeOnce(part);
    const index = parts.push(written) - 1;
    partIndexes.set(text, index);
    return index;
  };
  /**
   * @param {unknown} part
   * @returns {unknown}
   */
  const writeOnce = part => {
    if (typeof part === 'string') return part;
    if (typeof part !== 'object' || part === null) return { is: part };
    if (Array.isArray(part)) return [0, ...part.map(write)];
    return [shapeOf(Object.keys(part)), ...Object.values(part).map(write)];
  };
  const shapeOf = (/** @type {readonly string[]} */ keys) => {
    const text = JSON.stringify(keys);
    const index = shapeIndexes.get(text) ?? shapes.push(keys);
    shapeIndexes.set(text, index);
    return index;
  };

  const root = writeOnce(plain);
  return JSON.stringify([shapes, parts, root]);
}

/** Maximum length of a JSON text that takes no more space than its number. */
const SHORT = 4;

/**
 * Counts equal parts of a value. Parts of equal parts count once.
 *
 * @param {unknown} value
 * @param {Map<string, number>} counts
 */
function countParts(value, counts) {
  const text = JSON.stringify(value);
  const count = (counts.get(text) ?? 0) + 1;
  counts.set(text, count);
  if (count === 1 && typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) countParts(part, counts);
  }
  return counts;
}
