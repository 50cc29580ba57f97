import { type CompoundEntityRef, stringifyEntityRef } from '../../../../model';
import { type RefField, refTarget } from '../descriptors/writtenRefs';
import { refParts } from '../mentions/mention';

/** An entity that gets another name or namespace; the parts as they are spelled. */
export interface EntityChange {
  readonly from: CompoundEntityRef;
  readonly to: CompoundEntityRef;
}

/**
 * A ref as it has to be written after a change, in the form that it has: what it leaves out stays left
 * out, unless it would mean another entity then, and what it names stays as it is spelled, unless that
 * is what changes.
 *
 * @param field - what refs in it leave out, before the change
 * @param namespace - what refs in it leave out, after the change
 * @returns undefined for what is no ref
 */
export function rewriteRef(
  written: string,
  { field, namespace, change }: { field: RefField; namespace: string; change: EntityChange },
): string | undefined {
  const target = refTarget(written, field);
  if (!target) return undefined;
  const isMeant = isSame(target, change.from);
  const wanted = isMeant ? { ...change.to, kind: target.kind } : target;
  const parts = refParts(written);
  const textOf = (part: { start: number; end: number } | undefined): string | undefined =>
    part && written.slice(part.start, part.end);
  const kind = textOf(parts.kind);
  const writtenName = textOf(parts.name) ?? '';
  const name = isMeant ? renamed(writtenName, change.from.name, change.to.name) : writtenName;
  const writtenNamespace = textOf(parts.namespace);
  const isImplied = equalNames(wanted.namespace, namespace);
  const inNamespace =
    writtenNamespace === undefined
      ? isImplied
        ? undefined
        : wanted.namespace
      : isMeant
        ? renamed(writtenNamespace, change.from.namespace, change.to.namespace)
        : writtenNamespace;
  const prefix = kind === undefined ? '' : `${kind}:`;
  const rewritten = `${prefix}${inNamespace === undefined ? '' : `${inNamespace}/`}${name}`;
  const read = refTarget(rewritten, { ...field, defaultNamespace: namespace });
  // A name with separators of its own may read as something else.
  if (read && isSame(read, wanted)) return rewritten;
  return `${wanted.kind}:${wanted.namespace}/${wanted.name}`;
}

/** Part by part of the spelling: one that is right already stays, unless it is that of the entity. */
function renamed(written: string, from: string, to: string): string {
  return written !== from && equalNames(written, to) ? written : to;
}

export function isSame(a: CompoundEntityRef, b: CompoundEntityRef): boolean {
  return stringifyEntityRef(a) === stringifyEntityRef(b);
}

function equalNames(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
