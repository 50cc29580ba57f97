import type { CardContent, CardField, CardTreeItem, Translate } from '../../../api';
import { sectionsContent } from '../core';
import type { ApiDefinition } from './definitions/apiDefinitions';
import { definitionProblems } from './definitions/definitionChecks';

/** Returns the content of an API's page above its definition. @param anchor - path of the operation to expand */
export function outlineContent(
  definition: ApiDefinition,
  { translate, anchor }: { readonly translate: Translate; readonly anchor?: string | undefined },
): CardContent | undefined {
  const { outline, source, unread } = definition;
  if (!outline) {
    if (unread === undefined) return undefined;
    return {
      type: 'message',
      tone: 'warning',
      text: translate("Can't show the definition at {0}.", unread),
      detail: translate('Only definitions in this repository are shown. Open it in the browser.'),
      actions: [
        ...(/^https?:/i.test(unread)
          ? [
              {
                text: translate('Open Definition'),
                target: { type: 'url', url: unread } as const,
              },
            ]
          : []),
        ...(source
          ? [
              {
                text: translate('Open Descriptor'),
                target: { type: 'source', file: source.file, range: source.range } as const,
              },
            ]
          : []),
      ],
    };
  }
  const { operations, operationsTitle = translate('Operations'), types, typesTitle } = outline;
  const { counts } = outline;
  // Counts the operations, not the services that group them.
  const isGrouped = operations.some(({ children }) => children);
  const countTitle = isGrouped ? translate('Operations') : operationsTitle;
  const fields: CardField[] = [
    { label: translate('Format'), value: [{ type: 'badge', text: outline.format, tone: 'info' }] },
    ...textField(translate('Title'), outline.title),
    ...textField(translate('Version'), outline.version),
    { label: countTitle, value: [{ type: 'text', text: `${counts.operations}` }] },
    ...(types.length && typesTitle !== undefined
      ? [{ label: typesTitle, value: [{ type: 'text', text: `${counts.types}` }] } as const]
      : []),
    ...(source
      ? [
          {
            label: translate('Source File'),
            value: [
              {
                type: 'link',
                text: source.fileName,
                icon: 'go-to-file',
                target: { type: 'source', file: source.file, range: source.range },
              } as const,
            ],
          },
        ]
      : []),
    ...outline.fields,
  ];
  const text = definition.text ?? '';
  const problems = definitionProblems(outline.problems, { ...outline, text, translate });
  return sectionsContent([
    { content: { type: 'fields', fields } },
    outline.description?.trim()
      ? { content: { type: 'text', text: outline.description.trim().slice(0, 4000) } }
      : undefined,
    problems.length
      ? { title: translate('Problems'), content: { type: 'problems', problems } }
      : undefined,
    {
      title: operationsTitle,
      content: {
        type: 'tree',
        label: operationsTitle,
        items: anchor === undefined ? operations : withOpened(operations, anchor),
        canFilter: counts.operations > 1,
        ...(anchor !== undefined && { selected: anchor }),
        empty: translate('The definition contains none.'),
      },
    },
    types.length
      ? {
          title: typesTitle ?? translate('Types'),
          content: {
            type: 'tree',
            label: typesTitle ?? translate('Types'),
            items: types,
            canFilter: counts.types > 1,
          },
        }
      : undefined,
  ]);
}

/** Returns the items with the one at a path opened. The tree opens the items above it. */
function withOpened(
  items: readonly CardTreeItem[],
  wanted: string,
  parent = '',
): readonly CardTreeItem[] {
  return items.map(item => {
    const path = `${parent}/${item.id}`;
    if (path === wanted) return { ...item, isExpanded: true };
    if (!item.children || !wanted.startsWith(`${path}/`)) return item;
    return { ...item, children: withOpened(item.children, wanted, path) };
  });
}

function textField(label: string, text: string | undefined): readonly CardField[] {
  return text === undefined ? [] : [{ label, value: [{ type: 'text', text }] }];
}

/** The maximum length of the shown definition; the editor has all of it. */
const MOST_TEXT = 200_000;

export function definitionContent(
  { outline, text, source }: ApiDefinition,
  translate: Translate,
): CardContent | undefined {
  if (text === undefined) return undefined;
  const isLong = text.length > MOST_TEXT;
  return {
    type: 'code',
    text: isLong
      ? `${text.slice(0, MOST_TEXT)}\n… ${translate('Open the editor to see the rest.')}`
      : text,
    ...(outline?.language !== undefined && { language: outline.language }),
    ...(source && { source: { type: 'source', file: source.file, range: source.range } }),
  };
}
