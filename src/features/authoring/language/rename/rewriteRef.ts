import { type CompoundEntityRef, stringifyEntityRef } from '../../../../model';
import { type RefField, refTarget } from '../descriptors/writtenRefs';
import { refParts } from '../mentions/mention';

/** A change of an entity's name or namespace; parts in their spelling. */
export interface EntityChange {
  readonly from: CompoundEntityRef;
  readonly to: CompoundEntityRef;
}

/**
 * Rewrites a ref after a change, keeping its form: omitted parts stay omitted unless the ref would lead elsewhere, and
 * other parts keep their spelling unless they change.
 *
 * @param field - defaults of refs before the change
 * @param namespace - default namespace of refs after the change
 * @returns undefined for an invalid ref
 */
export function rewriteRef(
  written: string,
  { field, namespace, change }: { field: RefField; namespace: string; change: EntityChange },
): string | undefined {
  const target = refTarget(written, field);
  if (!target) return undefined;
  const isTarget = isSame(target, change.from);
  const wanted = isTarget ? { ...change.to, kind: target.kind } : target;
  const parts = refParts(written);
  const textOf = (part: { start: number; end: number } | undefined): string | undefined =>
    part && written.slice(part.start, part.end);
  const kind = textOf(parts.kind);
  const writtenName = textOf(parts.name) ?? '';
  const name = isTarget ? renamed(writtenName, change.from.name, change.to.name) : writtenName;
  const writtenNamespace = textOf(parts.namespace);
  const isImplied = equalNames(wanted.namespace, namespace);
  const inNamespace =
    writtenNamespace === undefined
      ? isImplied
        ? undefined
        : wanted.namespace
      : isTarget
        ? renamed(writtenNamespace, change.from.namespace, change.to.namespace)
        : writtenNamespace;
  const prefix = kind === undefined ? '' : `${kind}:`;
  const rewritten = `${prefix}${inNamespace === undefined ? '' : `${inNamespace}/`}${name}`;
  const read = refTarget(rewritten, { ...field, defaultNamespace: namespace });
  // A name with separators may be parsed differently.
  if (read && isSame(read, wanted)) return rewritten;
  return `${wanted.kind}:${wanted.namespace}/${wanted.name}`;
}

/** Returns the new spelling of a part; a correct one stays, unless it is exactly the old one. */
function renamed(written: string, from: string, to: string): string {
  return written !== from && equalNames(written, to) ? written : to;
}

export function isSame(a: CompoundEntityRef, b: CompoundEntityRef): boolean {
  return stringifyEntityRef(a) === stringifyEntityRef(b);
}

function equalNames(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
