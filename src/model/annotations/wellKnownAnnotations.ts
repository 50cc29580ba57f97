import { annotationRows } from '../generated/annotations';

/** Formats of annotation values. */
export type AnnotationFormat =
  /** Any text. */
  | 'text'
  /** One of the values that the annotation lists. */
  | 'choice'
  /** `'true'` or `'false'`; any other value counts as false. */
  | 'boolean'
  /** Digits only. */
  | 'number'
  /** Comma-separated texts. */
  | 'list'
  /** ISO 8601 duration: `PT4H`. */
  | 'duration'
  | 'url'
  /** `OWNER/NAME` */
  | 'ownerAndName'
  /** `GROUP/NAME`, where `GROUP` may contain subgroups. */
  | 'projectPath'
  /** Entity ref with kind: `component:default/shop`. */
  | 'entityRef'
  /** `url:https://…` */
  | 'locationRef'
  /** `dir:PATH` or `url:https://…` */
  | 'techdocsRef'
  /** Kubernetes label selector: `app=shop,tier in (web, api)`. */
  | 'labelSelector';

/** An annotation with a known meaning: of Backstage or of a widely used plugin. */
export interface WellKnownAnnotation {
  readonly key: string;
  readonly format: AnnotationFormat;
  /** All allowed values for the format `choice`, otherwise common values. */
  readonly values?: readonly string[];
  /** Kinds that the annotation applies to; undefined: all. */
  readonly kinds?: readonly string[];
  /** Whether only the catalog itself writes the annotation. */
  readonly isWrittenByBackstage?: boolean;
  /** Set if the annotation is no longer read, with its replacement. */
  readonly deprecated?: { readonly by?: string; readonly advice: string };
}

type Row = readonly [
  key: string,
  format?: AnnotationFormat,
  more?: Omit<WellKnownAnnotation, 'key' | 'format'>,
];

const ROWS: readonly Row[] = annotationRows;

/**
 * All known annotations, grouped by topic, from `annotations.tsv`. The column "values" has all
 * values for the format `choice`, otherwise common ones; "note" says who writes the annotation,
 * what replaces it, or that its value is a ref. Annotations without a documented format have the
 * format `text`.
 * Source: "Well-known Annotations" of Backstage's documentation, and the READMEs of the plugins.
 */
export const wellKnownAnnotations: readonly WellKnownAnnotation[] = ROWS.map(
  ([key, format = 'text', more]) => ({ key, format, ...more }),
);

const BY_KEY: ReadonlyMap<string, WellKnownAnnotation> = new Map(
  wellKnownAnnotations.map(annotation => [annotation.key, annotation]),
);

/** Finds an annotation by key; undefined if unknown. */
export function wellKnownAnnotation(key: string): WellKnownAnnotation | undefined {
  return BY_KEY.get(key);
}

/** Prefix that Backstage reserves: keys with it that aren't in the table have no effect. */
export const RESERVED_PREFIX = 'backstage.io/';
