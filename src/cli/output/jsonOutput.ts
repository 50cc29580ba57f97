import type { EntitySource } from '../../api';
import { type Range } from '../../base';
import type { Entity, Problem } from '../../model';
import { TimeSlicer } from '../../platform/core';
import type { Clock } from '../../platform/core/ports';
import type { ShowPath } from '../paths';
import { sortProblems } from './problems';
import { printableLines } from './style';

/** An entity with its place; undefined if no file has it. */
export interface LocatedEntity {
  readonly entity: Entity;
  readonly source: EntitySource | undefined;
}

export interface ValidationCounts {
  /** Files with descriptors. */
  readonly files: number;
  /** Documents in these files, empty ones included. */
  readonly documents: number;
  readonly entities: number;
  /** The revision to compare with, if only changes were checked. */
  readonly since?: string;
}

/**
 * Formats entities and problems in chunks, in time slices, so that little is in memory at a time and signals are
 * handled in between.
 *
 * @throws AbortError
 */
export async function* entitiesJson(
  entities: Iterable<LocatedEntity> | AsyncIterable<LocatedEntity>,
  problems: readonly Problem[],
  {
    show,
    signal,
    clock,
  }: {
    readonly show: ShowPath;
    readonly signal: AbortSignal;
    readonly clock: Clock;
  },
): AsyncGenerator<string, void> {
  const located = ({ entity, source }: LocatedEntity): object => ({
    entity: { ...entity, relations: entity.relations ?? [] },
    location: source
      ? { file: show(source.file), document: source.document, range: toRange(source.range) }
      : null,
  });
  yield '{\n  "entities": ';
  yield* listJson(entities, located, { signal, clock });
  yield ',\n  "problems": ';
  yield* listJson(toProblems(problems, show), problem => problem, { signal, clock });
  yield '\n}\n';
}

/** Formats a list that is a property of the outermost object, as {@link stringify} does. */
async function* listJson<T>(
  items: Iterable<T> | AsyncIterable<T>,
  valueOf: (item: T) => object,
  { signal, clock }: { readonly signal: AbortSignal; readonly clock: Clock },
): AsyncGenerator<string, void> {
  const slices = new TimeSlicer(clock);
  let isEmpty = true;
  let chunk = '[';
  for await (const item of items) {
    if (slices.isOver) {
      yield chunk;
      chunk = '';
      await slices.pause();
      signal.throwIfAborted();
    }
    // Two lists around it give the item its indentation.
    const nested = stringify([[valueOf(item)]]);
    chunk += `${isEmpty ? '' : ','}\n${nested.slice('[\n  [\n'.length, -'\n  ]\n]\n'.length)}`;
    isEmpty = false;
  }
  yield chunk + (isEmpty ? ']' : '\n  ]');
}

export function validationJson(
  problems: readonly Problem[],
  { files, documents, entities }: ValidationCounts,
  show: ShowPath,
): string {
  return stringify({ problems: toProblems(problems, show), files, documents, entities });
}

/** Returns problems as JSON values, with null for a missing file or document, and the entity of a problem in no file. */
export function toProblems(problems: readonly Problem[], show: ShowPath): object[] {
  return sortProblems(problems).map(
    ({ code, severity, message, file, entityRef, provider, document, range, related }) => ({
      code,
      severity,
      message,
      file: file === undefined ? null : show(file),
      ...(file === undefined && { entity: entityRef, provider }),
      document: document ?? null,
      range: toRange(range),
      related: related?.map(place => ({
        message: place.message,
        file: show(place.file),
        range: toRange(place.range),
      })),
    }),
  );
}

function toRange({ start, end }: Range): Range {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

/** Formats JSON with control characters escaped, so that a terminal doesn't interpret them. */
export function stringify(value: object): string {
  return `${printableLines(JSON.stringify(value, undefined, 2), false)}\n`;
}
