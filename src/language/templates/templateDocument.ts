import { isScalar } from 'yaml';
import {
  type ActionRegistry,
  isTemplate,
  namesIn,
  type ParsedTemplate,
  parseTemplate,
  type ScaffolderAction,
  type Span,
  type TemplateModel,
  templateModel,
  type TemplateNames,
  type TemplateStep,
  type TemplateText,
  templateTexts,
} from '../../core/templates';
import { writtenSpans } from '../../core/yaml';
import { nodeAt, writtenScalar } from '../documents/cursor';
import { PartCache } from '../documents/partCache';
import type { PlacedPart } from '../documents/yamlText';

/** A Template in an open file. */
export interface TemplateDocument {
  readonly placed: PlacedPart;
  readonly model: TemplateModel;
  /** Those that hold expressions, in the order of their places. */
  readonly texts: readonly WrittenTemplate[];
  readonly actions: ActionRegistry;
}

/** A text with expressions, where it stands. */
export interface WrittenTemplate extends TemplateText {
  readonly parsed: ParsedTemplate;
  readonly names: TemplateNames;
  readonly source: SourceMap;
}

/** From a text as it is read to where it is written, and back. */
export class SourceMap {
  /** Of the file, from the first character of the scalar, quotes included, to the one after its last. */
  readonly start: number;
  readonly end: number;
  readonly #spanOf: (part: Span) => Span;
  readonly #length: number;

  /**
   * @param written - where in the file the text is written
   * @param length - of the text as it is read
   * @param spanOf - where a part of the text stands in what is written
   */
  constructor({ start, end }: Span, length: number, spanOf: (part: Span) => Span) {
    this.start = start;
    this.end = end;
    this.#length = length;
    this.#spanOf = spanOf;
  }

  /** The same text in a document that stands elsewhere. */
  movedBy(distance: number): SourceMap {
    const moved = { start: this.start + distance, end: this.end + distance };
    return new SourceMap(moved, this.#length, this.#spanOf);
  }

  /** Where a stretch of the text stands in the file. */
  span(part: Span): Span {
    const { start, end } = this.#spanOf(part);
    return { start: this.start + start, end: this.start + end };
  }

  /** The offset into the text of a place in the file: of the first character that is not before it. */
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

/** A Template and its texts as if it stood at the start of its file. */
interface ReadPart {
  readonly model: TemplateModel;
  readonly texts: readonly WrittenTemplate[];
}

const readParts = new PartCache<ReadPart | undefined>();

/** Undefined for what is no Template that the scaffolder reads. */
export function templateDocument(
  placed: PlacedPart,
  actions: ActionRegistry,
): TemplateDocument | undefined {
  const read = readParts.get(placed.part, undefined, () => readPart(placed));
  if (!read) return undefined;
  const texts = read.texts.map(text => ({ ...text, source: text.source.movedBy(placed.start) }));
  return { placed, model: read.model, texts, actions };
}

function readPart({ part }: PlacedPart): ReadPart | undefined {
  // Most documents say in their first lines that they are something else.
  if (!part.source.includes('Template')) return undefined;
  const { value } = part;
  if (!isTemplate(value)) return undefined;
  const placed: PlacedPart = { index: 0, start: 0, end: part.source.length, part };
  const model = templateModel(value);
  const seen = new Set<number>();
  const texts: WrittenTemplate[] = [];
  for (const text of templateTexts(model)) {
    const node = /\{[{%#]/.test(text.text) ? nodeAt(placed, text.path) : undefined;
    // What an alias stands for is looked at where it is written.
    if (!isScalar(node) || node.value !== text.text) continue;
    const { start, end } = writtenScalar(placed, node);
    const spanOf = writtenSpans(part.source.slice(start, end), text.text);
    if (!spanOf || seen.has(start)) continue;
    seen.add(start);
    const parsed = parseTemplate(text.text);
    const source = new SourceMap({ start, end }, text.text.length, spanOf);
    texts.push({ ...text, parsed, names: namesIn(parsed), source });
  }
  return { model, texts: texts.sort((a, b) => a.source.start - b.source.start) };
}

/** The text with expressions that a place in the file touches. */
export function templateTextAt(
  { texts }: TemplateDocument,
  offset: number,
): WrittenTemplate | undefined {
  return texts.find(({ source }) => source.start <= offset && offset <= source.end);
}

/** What a step runs, as far as it is known. */
export function actionOf(
  { action }: TemplateStep,
  { actions }: Pick<TemplateDocument, 'actions'>,
): ScaffolderAction | undefined {
  return action === undefined ? undefined : actions.get(action);
}
