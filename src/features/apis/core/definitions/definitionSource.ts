import type { Entity, EntitySource, FilesService } from '../../../../api';
import {
  basenameUri,
  decodeEscapes,
  dirnameUri,
  isRecord,
  joinUri,
  LineIndex,
  type Range,
} from '../../../../base';
import { runInSlices } from '../../../../platform/core';
import { scanText } from '../../../../platform/core/yaml';
import {
  child,
  entriesOf,
  itemsOf,
  type Place,
  placedNode,
  type PlacedNode,
  textOf,
} from '../document/placedNode';
import { readDocument } from '../document/readJson';

/** The location of an entity's API definition. */
export interface DefinitionSource {
  /** URI of the file with the definition, or with the reference to it if that is the closest known place. */
  readonly file: string;
  readonly fileName: string;
  /** The range of the whole definition. */
  readonly range: Range;
  /** Returns the range of a part of the definition in the file; undefined if it is unknown. */
  rangeOf(place: Place): Range | undefined;
  /** The main file, if the definition was bundled from several files. */
  readonly twin?: TwinText;
  /** The entity's `spec`. */
  readonly spec: PlacedNode | undefined;
  rangeInDescriptor(place: Place): Range;
  readonly descriptor: string;
}

/** A document that shares most of its content with another one, such as the bundled result of it. */
export interface TwinText {
  readonly text: string;
  rangeOf(place: Place): Range;
}

export interface FindSourceOptions {
  readonly files: Pick<FilesService, 'readFile'>;
  /** The whole text, as `CatalogService.loadEntity` returns it. */
  readonly definition: string | undefined;
  readonly source: EntitySource;
  readonly signal?: AbortSignal | undefined;
}

/** Placeholders that bundle the files that their file refers to. */
const bundled = new Set(['$openapi', '$asyncapi']);

/** Finds the text of a definition: in the descriptor, or in the file that a placeholder there names. */
export async function findSource(options: FindSourceOptions): Promise<DefinitionSource> {
  const { files, definition, source, signal } = options;
  const { text: descriptor, index } = await readDescriptor(files, source.file);
  const first = source.range.start.line;
  const base = index.offsetOfLine(first);
  const end = index.offsetOfLine(source.range.end.line + 1);
  const spec = await readSpec(descriptor.slice(base, end), signal);
  const node = child(spec, 'definition');
  const inDescriptor = (place: Place): Range => index.rangeAt(base + place.start, base + place.end);
  const written = {
    file: source.file,
    fileName: basenameUri(source.file),
    range: node ? inDescriptor(node.place) : source.nameRange,
    rangeOf: (): undefined => undefined,
    spec,
    rangeInDescriptor: inDescriptor,
    descriptor: source.file,
  };
  if (!node || definition === undefined) return written;
  if (node.type === 'scalar') {
    const at = base + node.place.start;
    const rangeOf = literalRanges({ descriptor, index, at, definition });
    return rangeOf ? { ...written, rangeOf } : written;
  }
  const placeholder = await placeholderText(node, source.file, files);
  if (!placeholder) return written;
  const { file, text, key } = placeholder;
  const lines = new LineIndex(text);
  const range = lines.rangeAt(0, 0);
  const found = { ...written, file, fileName: basenameUri(file), range };
  const rangeOf = ({ start, end: to }: Place): Range => lines.rangeAt(start, to);
  if (text === definition) return { ...found, rangeOf };
  return bundled.has(key) ? { ...found, twin: { text, rangeOf } } : written;
}

async function readSpec(
  document: string,
  signal: AbortSignal | undefined,
): Promise<PlacedNode | undefined> {
  const scanned = scanText(document);
  if (!scanned) return child((await runInSlices(readDocument(document), signal))?.root, 'spec');
  const { value, root } = scanned;
  const spec = root.child('spec')?.value;
  return spec && placedNode(isRecord(value) ? value['spec'] : undefined, spec);
}

/** Returns a range mapping for a definition after `|`: the lines of the descriptor without their indentation. */
function literalRanges({
  descriptor,
  index,
  at,
  definition,
}: {
  readonly descriptor: string;
  readonly index: LineIndex;
  /** The start of the scalar. */
  readonly at: number;
  readonly definition: string;
}): ((place: Place) => Range) | undefined {
  if (descriptor[at] !== '|') return undefined;
  const first = index.positionAt(at).line + 1;
  const lines = definition.split('\n');
  const filled = lines.findIndex(line => line.trim() !== '');
  if (filled === -1) return undefined;
  const line = descriptor.slice(
    index.offsetOfLine(first + filled),
    index.offsetOfLine(first + filled + 1),
  );
  const indent = line.replace(/\r?\n?$/, '').length - (lines[filled]?.length ?? 0);
  const own = new LineIndex(definition);
  return ({ start, end }) => {
    const range = own.rangeAt(start, end);
    const moved = ({ line: at, character }: Range['start']): Range['start'] => ({
      line: first + at,
      character: character + indent,
    });
    return { start: moved(range.start), end: moved(range.end) };
  };
}

async function placeholderText(
  node: PlacedNode,
  base: string,
  files: Pick<FilesService, 'readFile'>,
): Promise<{ file: string; text: string; key: string } | undefined> {
  const [[key, entry] = [], ...others] = entriesOf(node);
  const reference = textOf(entry?.value)?.replace(/[?#].*$/s, '');
  // The catalog has read an absolute path from the repository, whose root isn't known here.
  if (key === undefined || !reference || others.length || /^([a-z][\w+.-]*:|\/)/i.test(reference)) {
    return undefined;
  }
  try {
    const file = joinUri(dirnameUri(base), decodeEscapes(reference));
    return { file, text: await read(files, file), key };
  } catch {
    // The catalog reports a file that can't be read; the definition is taken as the entity has it.
    return undefined;
  }
}

interface DescriptorText {
  readonly text: string;
  readonly index: LineIndex;
}

/** Descriptors by their bytes: one file, which is read once, can describe thousands of APIs. */
const descriptors = new WeakMap<Uint8Array, DescriptorText>();

async function readDescriptor(
  files: Pick<FilesService, 'readFile'>,
  uri: string,
): Promise<DescriptorText> {
  const bytes = await files.readFile(uri);
  const known = descriptors.get(bytes);
  if (known) return known;
  const text = new TextDecoder().decode(bytes);
  const made = { text, index: new LineIndex(text) };
  descriptors.set(bytes, made);
  return made;
}

async function read(files: Pick<FilesService, 'readFile'>, uri: string): Promise<string> {
  return new TextDecoder().decode(await files.readFile(uri));
}

/** Returns the `definition` of an entity if it is a text; an unresolved placeholder isn't. */
export function definitionOf(entity: Entity): string | undefined {
  const definition = entity.spec?.['definition'];
  return typeof definition === 'string' ? definition : undefined;
}

/**
 * Maps the starts of a document's parts to places in another document with the same keys. A part that only the first
 * document has maps to the nearest part that both have.
 */
export function* placesInTwin(
  root: PlacedNode,
  twin: PlacedNode,
): Generator<void, ReadonlyMap<number, Place>> {
  const places = new Map<number, Place>();
  const pending: [PlacedNode, PlacedNode | undefined, Place][] = [[root, twin, twin.place]];
  const seen = new Set<PlacedNode>();
  for (let count = 0, next = pending.pop(); next; next = pending.pop()) {
    const [node, other, near] = next;
    if (seen.has(node)) continue;
    seen.add(node);
    if (++count % 1024 === 0) yield;
    const place = other?.place ?? near;
    places.set(node.place.start, place);
    if (node.type === 'map') {
      for (const [key, entry] of node.entries) {
        const twinEntry = other?.type === 'map' ? other.entries.get(key) : undefined;
        places.set(entry.place.start, twinEntry?.place ?? place);
        pending.push([entry.value, twinEntry?.value, twinEntry?.place ?? place]);
      }
    } else {
      const items = itemsOf(other);
      for (const [index, item] of itemsOf(node).entries()) {
        pending.push([item, items[index], items[index]?.place ?? place]);
      }
    }
  }
  return places;
}
