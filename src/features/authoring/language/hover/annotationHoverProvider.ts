import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import { translate, formatList } from '../../../../base';
import { wellKnownAnnotation } from '../../../../model/annotations';
import { escapeMarkdown } from '../../../../base';
import type { DeclaredTerm } from '../../../../model/validation';
import { annotationDoc, annotationMarkdown } from '../annotationDocs';
import { descriptorOf } from '../descriptors/descriptor';
import { cursorAt } from '../documents/cursor';
import type { LanguageProvider } from '../languageProvider';

/** Documents annotations, labels and tags on their key and value: well-known ones, and those of the catalog's model. */
export const annotationHoverProvider: LanguageProvider = {
  hover({ context, text, offset }): Hover | undefined {
    const cursor = cursorAt(text, offset);
    if (!cursor) return undefined;
    const { kinds } = context.catalog;
    const [metadata, parent, key, ...deeper] = cursor.path;
    if (metadata !== 'metadata' || deeper.length || key === undefined) return undefined;
    if (parent !== 'annotations' && parent !== 'labels' && parent !== 'tags') return undefined;
    if (!descriptorOf(cursor.placed.part, kinds)) return undefined;
    const name = parent === 'tags' ? text.text.slice(cursor.scalar.start, cursor.scalar.end) : key;
    if (typeof name !== 'string') return undefined;
    const term = kinds.terms[parent].find(declared => declared.name === name);
    const value =
      (term && termMarkdown(term)) ?? (parent === 'annotations' ? explanationOf(name) : undefined);
    if (value === undefined) return undefined;
    const { start, end } = cursor.scalar;
    return { contents: { kind: MarkupKind.Markdown, value }, range: text.rangeAt(start, end) };
  },
};

function termMarkdown({ name, title, description }: DeclaredTerm): string {
  const heading = title === undefined ? '' : `**${escapeMarkdown(title)}** `;
  return `${heading}\`${name.replaceAll('`', '')}\`\n\n${escapeMarkdown(description)}`;
}

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
