import { annotationRows } from '../generated/annotations';

/** What the value of an annotation looks like. */
export type AnnotationFormat =
  /** Anything. */
  | 'text'
  /** One of the values that the annotation lists. */
  | 'choice'
  /** `'true'` or `'false'`; anything else is taken for false. */
  | 'boolean'
  /** Digits alone. */
  | 'number'
  /** Texts with commas between them. */
  | 'list'
  /** As ISO 8601 has it: `PT4H`. */
  | 'duration'
  | 'url'
  /** `OWNER/NAME` */
  | 'ownerAndName'
  /** `GROUP/NAME`, with groups in groups. */
  | 'projectPath'
  /** With a kind: `component:default/shop`. */
  | 'entityRef'
  /** `url:https://…` */
  | 'locationRef'
  /** `dir:PATH` or `url:https://…` */
  | 'techdocsRef'
  /** As Kubernetes has it: `app=shop,tier in (web, api)`. */
  | 'labelSelector';

/** An annotation whose meaning is known: Backstage's own, or that of a plugin that many use. */
export interface WellKnownAnnotation {
  readonly key: string;
  readonly format: AnnotationFormat;
  /** With the format `choice`, all values that there are; else the usual ones. */
  readonly values?: readonly string[];
  /** The kinds that it makes sense on; undefined where it does on all. */
  readonly kinds?: readonly string[];
  /** Whether the catalog writes it, and nobody else. */
  readonly isWrittenByBackstage?: boolean;
  /** Set where nothing reads it any more: what is to be written instead. */
  readonly deprecated?: { readonly by?: string; readonly advice: string };
}

type Row = readonly [
  key: string,
  format?: AnnotationFormat,
  more?: Omit<WellKnownAnnotation, 'key' | 'format'>,
];

const ROWS: readonly Row[] = annotationRows;

/**
 * All of them, those that belong together side by side. annotations.tsv is the table; its column "values" has all values
 * for the format `choice` and else the usual ones, "note" who writes it, what is to be written instead, or that it is a ref.
 * Sources: "Well-known Annotations" of Backstage's documentation, and the READMEs of the plugins. Where a README doesn't say
 * what a value looks like, the format is `text`.
 */
export const wellKnownAnnotations: readonly WellKnownAnnotation[] = ROWS.map(
  ([key, format = 'text', more]) => ({ key, format, ...more }),
);

const BY_KEY: ReadonlyMap<string, WellKnownAnnotation> = new Map(
  wellKnownAnnotations.map(annotation => [annotation.key, annotation]),
);

/** Undefined where the key is none of these. */
export function wellKnownAnnotation(key: string): WellKnownAnnotation | undefined {
  return BY_KEY.get(key);
}

/** What stands before keys that Backstage keeps for itself, so that none that is not listed is read. */
export const RESERVED_PREFIX = 'backstage.io/';
