import type { CardContent } from '../../../../api';
import { inSlices } from '../../../../platform/core';
import { collectParts, noParts } from './contentParts';
import { type EntityGlance, glanceAt, type GlanceDeps } from './entityGlance';

/** Entities that a page names, by ref. */
export type Glances = Readonly<Record<string, EntityGlance>>;

/** Of entities, and of those that own them and that they belong to, whose names stand beside theirs. */
export function glancesAt(refs: Iterable<string | undefined>, deps: GlanceDeps): Glances {
  const work = glancing(refs, deps);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/**
 * The same of however many, without holding the thread.
 *
 * @throws the signal's reason once it is aborted
 */
export async function glancesInSlices(
  refs: Iterable<string>,
  deps: GlanceDeps,
  signal: AbortSignal,
): Promise<Glances> {
  const glances = await inSlices(glancing(refs, deps), signal);
  signal.throwIfAborted();
  return glances ?? {};
}

function* glancing(
  refs: Iterable<string | undefined>,
  deps: GlanceDeps,
): Generator<void, Record<string, EntityGlance>> {
  const glances: Record<string, EntityGlance> = {};
  const add = (ref: string | undefined): EntityGlance | undefined =>
    ref === undefined ? undefined : (glances[ref] ??= glanceAt(ref, deps));
  for (const ref of refs) {
    const glance = add(ref);
    for (const owner of glance?.owners ?? []) add(owner);
    add(glance?.system);
    yield;
  }
  return glances;
}

/** Of the entities that cards name, and of some more. */
export function glancesOf(
  cards: readonly { readonly content?: CardContent | undefined }[],
  deps: GlanceDeps,
  refs: readonly (string | undefined)[] = [],
): Glances {
  const parts = noParts();
  for (const { content } of cards) if (content) collectParts(content, parts);
  return glancesAt([...refs, ...parts.entityRefs], deps);
}
