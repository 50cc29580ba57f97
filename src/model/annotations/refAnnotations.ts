/** An annotation whose value is a ref. It names its kind; without a namespace it is in `default`. */
export interface RefAnnotation {
  readonly key: string;
  /** The kinds that make sense there; undefined: all. */
  readonly kinds?: readonly string[];
}

export const refAnnotations: readonly RefAnnotation[] = [
  { key: 'backstage.io/techdocs-entity' },
  { key: 'backstage.io/source-template', kinds: ['Template'] },
];
