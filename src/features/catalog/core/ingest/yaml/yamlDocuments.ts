import { LineIndex, type Range } from '../../../../../base';
import {
  mustParseWhole,
  isScannable,
  MARKER_LENGTH,
  type PartOffsets,
  splitDocuments,
  scanDocument,
  type ScannedDocument,
} from '../../../../../platform/core/yaml';
import { composedDocuments, documentBeforeMarker, firstLineOf } from './composedDocuments';
import { locateField, nodeAt } from './placedNode';
import type { FieldPath, YamlDocument } from './yamlDocument';

/**
 * Parses a file like Backstage: `yaml` 2, YAML 1.2 core schema, no merge keys, duplicate keys are
 * errors, aliases limited to 100 resolved nodes each. A faster parser reads documents for which it
 * gives the same result.
 * Source: `parseEntityYaml` of `plugins/catalog-node/src/processing/parse.ts`.
 *
 * Never throws: errors are faults of documents.
 */
export function parseYamlDocuments(text: string): readonly YamlDocument[] {
  if (mustParseWhole(text)) return parseByYaml(text);
  const lines = new LineIndex(text);
  const documents: YamlDocument[] = [];
  const canBeScanned = isScannable(text);
  for (const offsets of splitDocuments(text)) {
    const index = documents.length;
    const scanned = canBeScanned ? scanDocument(text, offsets) : undefined;
    if (scanned) {
      documents.push(new QuickDocument({ text, lines, scanned, index, offsets }));
      continue;
    }
    const alone =
      offsets.end < text.length
        ? documentBeforeMarker({ text, lines, index, ...offsets, end: offsets.end + MARKER_LENGTH })
        : undefined;
    if (alone) {
      documents.push(alone);
      continue;
    }
    documents.push(...composedDocuments({ text, lines, index, ...offsets, end: text.length }));
    break;
  }
  return documents;
}

/** Parses without the faster parser, as its reference. */
export function parseByYaml(text: string): readonly YamlDocument[] {
  const lines = new LineIndex(text);
  return composedDocuments({ text, lines, index: 0, start: 0, end: text.length });
}

/** A document of the faster parser; places are computed on demand. */
class QuickDocument implements YamlDocument {
  readonly faults = [];
  readonly index: number;
  #text: string;
  #lines: LineIndex;
  #offsets: PartOffsets;
  #scanned: ScannedDocument;

  constructor(deps: {
    text: string;
    lines: LineIndex;
    scanned: ScannedDocument;
    index: number;
    offsets: PartOffsets;
  }) {
    this.index = deps.index;
    this.#text = deps.text;
    this.#lines = deps.lines;
    this.#offsets = deps.offsets;
    this.#scanned = deps.scanned;
  }

  get source(): string {
    return this.#text.slice(this.#offsets.start, this.#offsets.end);
  }

  get value(): unknown {
    return this.#scanned.value;
  }

  get isEmpty(): boolean {
    return this.#scanned.value === null;
  }

  get range(): Range {
    const { start, end } = this.#scanned.root;
    return this.#lines.rangeAt(start, end);
  }

  locate(path: FieldPath, at: 'key' | 'value'): Range {
    const rangeAt = (start: number, end: number): Range => this.#lines.rangeAt(start, end);
    return (
      locateField(this.#scanned.root, { path, at, rangeAt }) ??
      firstLineOf(this.range, this.#text, this.#lines)
    );
  }

  sourceOf(path: FieldPath): string | undefined {
    const node = nodeAt(this.#scanned.root, path);
    return node && this.#text.slice(node.start, node.end);
  }
}
