import type { CompoundEntityRef } from '../../../../model';
import type { KindRegistry } from '../../../../model/validation';
import { type Descriptor, descriptorOf } from '../descriptors/descriptor';
import { refAt, refsIn, type WrittenRef } from '../descriptors/writtenRefs';
import { cursorAt, scalarsAt, type WrittenScalar } from '../documents/cursor';
import type { PlacedPart, YamlText } from '../documents/yamlText';

/** The value of `metadata.name`, which declares an entity. */
export interface Declaration {
  readonly placed: PlacedPart;
  readonly descriptor: Descriptor;
  readonly scalar: WrittenScalar;
  readonly target: CompoundEntityRef;
  /** Full and lowercase. */
  readonly ref: string;
}

/** A place in an open text that names an entity. */
export interface Mention extends Declaration {
  /** Undefined for the name of the entity itself. */
  readonly written: WrittenRef | undefined;
}

/** Returns the name or ref that a place in the text touches. */
export function mentionAt(
  text: YamlText,
  offset: number,
  kinds: KindRegistry,
): Mention | undefined {
  const written = refAt(text, offset, kinds);
  if (written) return mentionOf(written);
  const cursor = cursorAt(text, offset);
  if (cursor?.at !== 'value' || cursor.path.join('.') !== 'metadata.name') return undefined;
  const declaration = declarationIn(cursor.placed, kinds);
  return declaration && { ...declaration, written: undefined };
}

/** Returns the entity that a document declares, if it has a kind and a name. */
export function declarationIn(placed: PlacedPart, kinds: KindRegistry): Declaration | undefined {
  const descriptor = descriptorOf(placed.part, kinds);
  if (!descriptor || descriptor.isTemplated) return undefined;
  const { kind, namespace, name, ref } = descriptor;
  if (kind === undefined || name === undefined || ref === undefined) return undefined;
  const [found] = scalarsAt(placed, ['metadata', 'name']);
  if (!found || found.path.length !== 2) return undefined;
  return { placed, descriptor, scalar: found.scalar, target: { kind, namespace, name }, ref };
}

/** Returns the valid refs of a document, in the order of its fields. */
export function refMentionsIn(placed: PlacedPart, kinds: KindRegistry): readonly Mention[] {
  return refsIn(placed, kinds).flatMap(written => mentionOf(written) ?? []);
}

function mentionOf(written: WrittenRef): Mention | undefined {
  const { placed, descriptor, scalar, target, targetRef } = written;
  if (!target || targetRef === undefined) return undefined;
  return { placed, descriptor, scalar, target, ref: targetRef, written };
}

/**
 * Returns the range of a scalar's text without quotes; undefined if escapes, line breaks or indentation make the value
 * differ from the source text.
 */
export function innerSpan(
  { text }: YamlText,
  { start, end, value, style }: WrittenScalar,
): { readonly start: number; readonly end: number } | undefined {
  const quote = style === 'single' || style === 'double' ? 1 : 0;
  const span = { start: start + quote, end: end - quote };
  return value !== '' && text.slice(span.start, span.end) === value ? span : undefined;
}

/** Ranges of the parts of a ref, without separators. */
interface RefParts {
  readonly kind: RefPart | undefined;
  readonly namespace: RefPart | undefined;
  readonly name: RefPart;
}

/** Offsets into the ref; the end is exclusive. */
interface RefPart {
  readonly start: number;
  readonly end: number;
}

/** Splits a ref as `readEntityRef` does, without resolving it. */
export function refParts(ref: string): RefParts {
  const slash = ref.indexOf('/');
  let colon = ref.indexOf(':');
  if (slash !== -1 && slash < colon) colon = -1;
  return {
    kind: colon === -1 ? undefined : { start: 0, end: colon },
    namespace: slash === -1 ? undefined : { start: colon + 1, end: slash },
    name: { start: Math.max(colon, slash) + 1, end: ref.length },
  };
}
