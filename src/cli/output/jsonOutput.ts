import type { EntitySource } from '../../api';
import { type Range } from '../../base';
import type { Entity, Problem } from '../../model';
import { flatMapInSlices } from '../../platform/core';
import type { ShowPath } from '../paths';
import { sortProblems } from './problems';
import { printable } from './style';

/** An entity with its place; undefined where no file holds it. */
export interface LocatedEntity {
  readonly entity: Entity;
  readonly source: EntitySource | undefined;
}

export interface ValidationCounts {
  /** Files that hold descriptors. */
  readonly files: number;
  /** Documents in these files, empty ones included. */
  readonly documents: number;
  readonly entities: number;
  /** The revision since which something changed in them, where only that was checked. */
  readonly since?: string;
}

/** Formats entities and problems a slice at a time: of very many, a signal does not wait for the last. @throws AbortError */
export async function entitiesJson(
  entities: readonly LocatedEntity[],
  problems: readonly Problem[],
  { show, signal }: { readonly show: ShowPath; readonly signal: AbortSignal },
): Promise<string> {
  const located = ({ entity, source }: LocatedEntity): object => ({
    entity: { ...entity, relations: entity.relations ?? [] },
    location: source
      ? { file: show(source.file), document: source.document, range: toRange(source.range) }
      : null,
  });
  const lists = [
    await stringifyList(entities, located, signal),
    await stringifyList(toProblems(problems, show), problem => problem, signal),
  ];
  return `{\n  "entities": ${lists[0]},\n  "problems": ${lists[1]}\n}\n`;
}

/** Formats a list that is a property of the outermost object, as {@link stringify} does. */
async function stringifyList<T>(
  items: readonly T[],
  valueOf: (item: T) => object,
  signal: AbortSignal,
): Promise<string> {
  const texts = await flatMapInSlices(items, signal, item => [
    `    ${stringify(valueOf(item)).trimEnd().replaceAll('\n', '\n    ')}`,
  ]);
  signal.throwIfAborted();
  return texts.length ? `[\n${texts.join(',\n')}\n  ]` : '[]';
}

export function validationJson(
  problems: readonly Problem[],
  { files, documents, entities }: ValidationCounts,
  show: ShowPath,
): string {
  return stringify({ problems: toProblems(problems, show), files, documents, entities });
}

/** In JSON nothing is undefined: where there is no file or no one document, there is null. */
export function toProblems(problems: readonly Problem[], show: ShowPath): object[] {
  return sortProblems(problems).map(
    ({ code, severity, message, file, document, range, related }) => ({
      code,
      severity,
      message,
      file: file === undefined ? null : show(file),
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

/** Characters that a terminal could obey are written as escapes, which JSON reads as the same. */
export function stringify(value: object): string {
  return `${JSON.stringify(value, undefined, 2).split('\n').map(printable).join('\n')}\n`;
}
