import { LineIndex, type Range } from '../../../../../base';
import {
  cannotBeParted,
  MARKER_LENGTH,
  type PartOffsets,
  partsOf,
} from '../../../../../platform/core/yaml';
import { scanDocument, type ScannedDocument } from '../scan/scanDocument';
import { composedDocuments, documentBeforeMarker, firstLineOf } from './composedDocuments';
import { locateField, nodeAt } from './placedNode';
import type { DocumentPart, FieldPath, YamlDocument } from './yamlDocument';

/**
 * Parses a file as Backstage does: `yaml` 2, YAML 1.2 core schema, no merge keys, duplicate keys
 * are errors, aliases limited to 100 resolved nodes each. Documents that a quicker parser is sure to
 * read alike are read by that.
 * Source: `parseEntityYaml` of `plugins/catalog-node/src/processing/parse.ts`.
 *
 * Never throws: whatever is wrong is a fault of a document.
 */
export function parseYamlDocuments(text: string): readonly YamlDocument[] {
  return parseUnlessRecalled<never>(text, () => undefined);
}

/** The same, but for documents that need not be parsed. */
export function parseUnlessRecalled<Recalled>(
  text: string,
  recall: (part: DocumentPart) => Recalled | undefined,
): readonly (YamlDocument | Recalled)[] {
  if (cannotBeParted(text)) return parseByYaml(text);
  const lines = new LineIndex(text);
  const documents: (YamlDocument | Recalled)[] = [];
  const isScannable = !text.includes('\r') || !/\r(?!\n)/.test(text);
  for (const offsets of partsOf(text)) {
    const index = documents.length;
    const part = isScannable ? new PartOfText({ text, lines, index, offsets }) : undefined;
    const recalled = part && recall(part);
    if (recalled !== undefined) {
      documents.push(recalled);
      continue;
    }
    const scanned = part && scanDocument(text, offsets);
    if (scanned) {
      documents.push(new QuickDocument({ text, lines, scanned, part }));
      continue;
    }
    const alone =
      offsets.end < text.length
        ? documentBeforeMarker({ text, lines, index, ...offsets, end: offsets.end + MARKER_LENGTH })
        : undefined;
    if (alone) {
      documents.push({ ...alone, part });
      continue;
    }
    documents.push(...composedDocuments({ text, lines, index, ...offsets, end: text.length }));
    break;
  }
  return documents;
}

/** The same without the quicker parser: what that is measured by. */
export function parseByYaml(text: string): readonly YamlDocument[] {
  const lines = new LineIndex(text);
  return composedDocuments({ text, lines, index: 0, start: 0, end: text.length });
}

/** Its text is cut out, and its line counted, when somebody asks. */
class PartOfText implements DocumentPart {
  readonly index: number;
  #text: string;
  #lines: LineIndex;
  #offsets: PartOffsets;

  constructor(deps: { text: string; lines: LineIndex; index: number; offsets: PartOffsets }) {
    this.index = deps.index;
    this.#text = deps.text;
    this.#lines = deps.lines;
    this.#offsets = deps.offsets;
  }

  get source(): string {
    return this.#text.slice(this.#offsets.start, this.#offsets.end);
  }

  get isLast(): boolean {
    return this.#offsets.end === this.#text.length;
  }

  get line(): number {
    return this.#lines.positionAt(this.#offsets.start).line;
  }
}

/** A document that the quick parser read; places are worked out when they are asked for. */
class QuickDocument implements YamlDocument {
  readonly faults = [];
  readonly part: DocumentPart;
  #text: string;
  #lines: LineIndex;
  #scanned: ScannedDocument;

  constructor(deps: {
    text: string;
    lines: LineIndex;
    part: DocumentPart;
    scanned: ScannedDocument;
  }) {
    this.#text = deps.text;
    this.#lines = deps.lines;
    this.part = deps.part;
    this.#scanned = deps.scanned;
  }

  get index(): number {
    return this.part.index;
  }

  get source(): string {
    return this.part.source;
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
