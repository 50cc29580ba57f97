/** Where the parts of a ref stand in it; the separators belong to none. */
export interface RefParts {
  readonly kind: RefPart | undefined;
  readonly namespace: RefPart | undefined;
  readonly name: RefPart;
}

/** From `start` up to, not including, `end`: offsets into the ref. */
export interface RefPart {
  readonly start: number;
  readonly end: number;
}

/** Takes a ref apart as `readEntityRef` does, without saying what it means. */
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
