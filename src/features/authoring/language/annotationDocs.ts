import { annotationTexts } from '../../../model/annotations';

/** What an annotation is for, in words for those who write one. */
export interface AnnotationDoc {
  readonly key: string;
  /** One sentence: what the value says. */
  readonly title: string;
  /** A value as it could be. */
  readonly example: string;
  /** What reads it. */
  readonly usedBy: string;
}

/** The well-known annotations, related ones side by side. */
export const annotationDocs: readonly AnnotationDoc[] = annotationTexts.map(
  ([key, title, example, usedBy]) => ({ key, title, example, usedBy }),
);

const BY_KEY: ReadonlyMap<string, AnnotationDoc> = new Map(
  annotationDocs.map(doc => [doc.key, doc]),
);

/** Undefined where the key is none of these. */
export function annotationDoc(key: string): AnnotationDoc | undefined {
  return BY_KEY.get(key);
}

/** The same as Markdown, for hovers and completion. */
export function annotationMarkdown({ title, example, usedBy }: AnnotationDoc): string {
  return `${title}\n\nExample: \`${example}\`  \nRead by ${usedBy}.`;
}
