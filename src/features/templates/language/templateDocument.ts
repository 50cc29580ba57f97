import { isScalar, type Scalar } from 'yaml';
import { writtenSpans } from '../../../platform/core/yaml';
import {
  alone,
  cursorIn,
  nodeAt,
  PartCache,
  type PlacedPart,
  writtenScalar,
  type YamlPart,
} from '../../authoring/language';
import {
  type ActionRegistry,
  isTemplate,
  namesIn,
  type ParsedTemplate,
  parseTemplate,
  type KnownAction,
  type Span,
  type TemplateModel,
  templateModel,
  type TemplateNames,
  type TemplateStep,
  type TemplateText,
  templateTextAt,
  templateTexts,
} from '../core';

/** A Template in an open file. */
export interface TemplateDocument {
  readonly placed: PlacedPart;
  readonly model: TemplateModel;
  /** Texts with expressions, by position. Parses all of them. */
  readonly texts: readonly WrittenTemplate[];
  /** The text at a position of the file. */
  textAt(offset: number): WrittenTemplate | undefined;
  readonly actions: ActionRegistry;
}

/** A text with expressions and its source map. */
export interface WrittenTemplate extends TemplateText {
  readonly parsed: ParsedTemplate;
  readonly names: TemplateNames;
  readonly source: SourceMap;
}

/** Maps between a text's value and its source in the file. */
export class SourceMap {
  /** Offset in the file of the first character, including quotes. `end` is the offset after the last one. */
  readonly start: number;
  readonly end: number;
  readonly #spanOf: (part: Span) => Span;
  readonly #length: number;

  /**
   * @param written - span of the source in the file
   * @param length - of the value
   * @param spanOf - maps a span of the value to the source
   */
  constructor({ start, end }: Span, length: number, spanOf: (part: Span) => Span) {
    this.start = start;
    this.end = end;
    this.#length = length;
    this.#spanOf = spanOf;
  }

  /** The source map for a document at another offset. */
  movedBy(distance: number): SourceMap {
    const moved = { start: this.start + distance, end: this.end + distance };
    return new SourceMap(moved, this.#length, this.#spanOf);
  }

  /** Span in the file of a part of the value. */
  span(part: Span): Span {
    const { start, end } = this.#spanOf(part);
    return { start: this.start + start, end: this.start + end };
  }

  /** Offset in the value of the first character at or after a position in the file. */
  textOffset(offset: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.span({ start: middle, end: middle }).start >= offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const readParts = new PartCache<ReadPart | undefined>();

/** Undefined if the document is not a supported Template. */
export function templateDocument(
  placed: PlacedPart,
  actions: ActionRegistry,
): TemplateDocument | undefined {
  const read = readParts.get(placed.part, undefined, () => readPart(placed.part));
  if (!read) return undefined;
  const moved = (text: WrittenTemplate): WrittenTemplate => ({
    ...text,
    source: text.source.movedBy(placed.start),
  });
  return {
    placed,
    model: read.model,
    actions,
    get texts() {
      return read.texts.map(moved);
    },
    textAt(offset) {
      const text = read.textAt(offset - placed.start);
      return text && moved(text);
    },
  };
}

function readPart(part: YamlPart): ReadPart | undefined {
  // A quick check that excludes most documents.
  if (!part.source.includes('Template')) return undefined;
  const { value } = part;
  return isTemplate(value) ? new ReadPart(part, templateModel(value)) : undefined;
}

/** A Template at the start of its file, with its texts. */
class ReadPart {
  readonly model: TemplateModel;
  readonly #placed: PlacedPart;
  #texts: readonly WrittenTemplate[] | undefined;

  constructor(part: YamlPart, model: TemplateModel) {
    this.model = model;
    this.#placed = alone(part);
  }

  get texts(): readonly WrittenTemplate[] {
    return (this.#texts ??= this.#readAll());
  }

  textAt(offset: number): WrittenTemplate | undefined {
    const cursor = cursorIn(this.#placed, offset);
    if (cursor?.at !== 'value') return undefined;
    const text = templateTextAt(this.model, cursor.path);
    return text && this.#read(text);
  }

  #readAll(): readonly WrittenTemplate[] {
    const seen = new Set<number>();
    const texts: WrittenTemplate[] = [];
    for (const text of templateTexts(this.model)) {
      const written = this.#read(text);
      if (!written || seen.has(written.source.start)) continue;
      seen.add(written.source.start);
      texts.push(written);
    }
    return texts.sort((a, b) => a.source.start - b.source.start);
  }

  #read(text: TemplateText): WrittenTemplate | undefined {
    const node = /\{[{%#]/.test(text.text) ? nodeAt(this.#placed, text.path) : undefined;
    // An alias is handled at its anchor.
    if (!isScalar(node) || node.value !== text.text) return undefined;
    const { start, end } = writtenScalar(this.#placed, node);
    const read = readScalar(node, text.text, this.#placed.part.source.slice(start, end));
    if (!read) return undefined;
    const { parsed, names, spanOf } = read;
    const source = new SourceMap({ start, end }, text.text.length, spanOf);
    return { ...text, parsed, names, source };
  }
}

/** Parsed scalars. Most edits of a document keep them. */
const readScalars = new WeakMap<Scalar, ReadScalar | undefined>();

interface ReadScalar extends Pick<WrittenTemplate, 'parsed' | 'names'> {
  readonly spanOf: (part: Span) => Span;
}

function readScalar(node: Scalar, text: string, written: string): ReadScalar | undefined {
  if (readScalars.has(node)) return readScalars.get(node);
  const spanOf = writtenSpans(written, text);
  const parsed = spanOf && parseTemplate(text);
  const read = parsed && { parsed, names: namesIn(parsed), spanOf };
  readScalars.set(node, read);
  return read;
}

/** The action of a step, if it is known. */
export function actionOf(
  { action }: TemplateStep,
  { actions }: Pick<TemplateDocument, 'actions'>,
): KnownAction | undefined {
  return action === undefined ? undefined : actions.get(action);
}
