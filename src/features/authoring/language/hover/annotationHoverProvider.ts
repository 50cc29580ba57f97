import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import { translate, formatList } from '../../../../base';
import { wellKnownAnnotation } from '../../../../model/annotations';
import { annotationDoc, annotationMarkdown } from '../annotationDocs';
import { descriptorOf } from '../descriptors/descriptor';
import { cursorAt } from '../documents/cursor';
import type { LanguageProvider } from '../languageProvider';

/** Documents well-known annotations on their key and value. */
export const annotationHoverProvider: LanguageProvider = {
  hover({ context, text, offset }): Hover | undefined {
    const cursor = cursorAt(text, offset);
    if (!cursor) return undefined;
    const [metadata, annotations, key, ...deeper] = cursor.path;
    if (metadata !== 'metadata' || annotations !== 'annotations' || deeper.length) return undefined;
    if (typeof key !== 'string') return undefined;
    if (!descriptorOf(cursor.placed.part, context.catalog.kinds)) return undefined;
    const value = explanationOf(key);
    if (value === undefined) return undefined;
    const { start, end } = cursor.scalar;
    return { contents: { kind: MarkupKind.Markdown, value }, range: text.rangeAt(start, end) };
  },
};

function explanationOf(key: string): string | undefined {
  const doc = annotationDoc(key);
  const known = wellKnownAnnotation(key);
  const parts = [
    known && `\`${key}\``,
    doc && annotationMarkdown(doc),
    known?.deprecated && translate('Deprecated: {0}.', known.deprecated.advice),
    known?.isWrittenByBackstage &&
      translate('Set by the catalog; values in files are overwritten.'),
    known?.kinds && translate('Only for entities of kind {0}.', formatList(known.kinds, 'or')),
  ];
  return parts.filter(Boolean).join('\n\n') || undefined;
}
