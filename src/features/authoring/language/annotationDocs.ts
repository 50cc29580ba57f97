import { translate } from '../../../base';
import { annotationTexts } from '../../../model/annotations';

/** Documentation of an annotation for authors. */
export interface AnnotationDoc {
  readonly key: string;
  /** The meaning of the value, in one sentence. */
  readonly title: string;
  /** An example value. */
  readonly example: string;
  /** The readers of the annotation. */
  readonly usedBy: string;
}

/** The well-known annotations, related ones side by side. */
export const annotationDocs: readonly AnnotationDoc[] = annotationTexts.map(
  ([key, title, example, usedBy]) => ({ key, title, example, usedBy }),
);

const BY_KEY: ReadonlyMap<string, AnnotationDoc> = new Map(
  annotationDocs.map(doc => [doc.key, doc]),
);

/** Returns undefined for an unknown key. */
export function annotationDoc(key: string): AnnotationDoc | undefined {
  return BY_KEY.get(key);
}

/** Returns the documentation as Markdown, for hovers and completion. */
export function annotationMarkdown({ title, example, usedBy }: AnnotationDoc): string {
  return `${title}\n\n${translate('Example: `{0}`', example)}  \n${translate('Read by {0}.', usedBy)}`;
}
