import { composeSlices, type PlacedDocument } from './composeSlices';
import { readJson } from './readJson';

/** Reads a YAML or JSON text, in steps between which others may have the thread. */
export function* readDocument(text: string): Generator<void, PlacedDocument> {
  if (/^\s*[{[]/.test(text)) {
    const root = yield* readJson(text);
    if (root) return { root, errors: [] };
  }
  return yield* composeSlices(text);
}
