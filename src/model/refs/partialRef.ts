/** What somebody has typed of a ref so far. */
export interface PartialRef {
  /** Undefined where it says none; as typed. */
  readonly kind: string | undefined;
  readonly namespace: string | undefined;
  /** Of the name, or of a title; may be empty. */
  readonly text: string;
}

/** Takes apart what is typed of `[<kind>:][<namespace>/]<name>`: the parts that are finished, and the beginning of the next. */
export function readPartialRef(typed: string): PartialRef {
  const text = typed.trim();
  const [, kind, namespace, name = ''] =
    /^(?:([^\s:/]+):)?(?:([^\s:/]+)\/)?(.*)$/s.exec(text) ?? [];
  // What is no ref is words, such as those of a title.
  return /[:/]/.test(name)
    ? { kind: undefined, namespace: undefined, text }
    : { kind, namespace, text: name.trim() };
}
