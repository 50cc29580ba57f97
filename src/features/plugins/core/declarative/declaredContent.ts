import type { CardContent, CatalogService, LinkTarget } from '../../../../api';
import { isRecord } from '../../../../base';
import { refOf } from '../../../../model/presentation';
import { parseDataPath, valueAtSteps } from './dataPath';
import type { DeclaredContent } from './declaration';
import { type DeclaredValues, shown, toneOf } from './declaredValues';

/** Maximum number of rows of a table. */
const MAX_ROWS = 500;

const STATUSES = ['ok', 'warning', 'error', 'running', 'pending', 'unknown'] as const;

/** Returns the content of a card; undefined if nothing of it has a value. */
export function contentOf(
  content: DeclaredContent,
  values: DeclaredValues,
  catalog: Pick<CatalogService, 'getEntities'>,
): CardContent | undefined {
  const target = (template: string | undefined): { target?: LinkTarget } => {
    const url = values.url(template);
    return url === undefined ? {} : { target: { type: 'url', url } };
  };
  switch (content.type) {
    case 'text':
    case 'markdown': {
      const text = values.text(content.text);
      return text === undefined ? undefined : { type: content.type, text };
    }
    case 'metrics':
      return {
        type: 'metrics',
        ...emptyOf(content),
        metrics: content.metrics.flatMap(({ label, value, unit, tone, description, url }) => {
          const found = values.scalar(value);
          if (found === undefined) return [];
          const color = toneOf(tone, found);
          const details = values.text(description);
          return {
            label,
            value: found,
            ...(unit !== undefined && { unit }),
            ...(color && { tone: color }),
            ...(details !== undefined && { description: details }),
            ...target(url),
          };
        }),
      };
    case 'rating':
      return {
        type: 'rating',
        ...emptyOf(content),
        ratings: content.ratings.flatMap(({ label, grade, tone, description, url }) => {
          const found = values.text(grade);
          if (found === undefined) return [];
          const color = toneOf(tone, found);
          const details = values.text(description);
          return {
            label,
            grade: found.slice(0, 3),
            ...(color && { tone: color }),
            ...(details !== undefined && { description: details }),
            ...target(url),
          };
        }),
      };
    case 'status':
      return {
        type: 'status',
        ...emptyOf(content),
        items: content.items.flatMap(({ label, status, text, description, url }) => {
          const found = typeof status === 'string' ? status : values.scalar(status);
          if (found === undefined) return [];
          const known = STATUSES.find(name => name === found);
          const details = values.text(description);
          // A state that isn't known is shown as it is written.
          const written = values.text(text) ?? (known ? undefined : String(found));
          return {
            label,
            status: known ?? 'unknown',
            ...(written !== undefined && { text: written }),
            ...(details !== undefined && { description: details }),
            ...target(url),
          };
        }),
      };
    case 'fields':
      return {
        type: 'fields',
        fields: content.fields.flatMap(({ label, value, url }) => {
          const found = values.text(value);
          if (found === undefined) return [];
          const { target: link } = target(url);
          const shownValue = link
            ? ({ type: 'link', text: found, target: link } as const)
            : ({ type: 'text', text: found } as const);
          return { label, value: [shownValue] };
        }),
      };
    case 'links':
      return {
        type: 'links',
        ...emptyOf(content),
        links: content.links.flatMap(({ title, url, icon, description }) => {
          const text = values.text(title);
          const address = values.url(url);
          if (text === undefined || address === undefined) return [];
          const details = values.text(description);
          return {
            text,
            icon: icon ?? 'link-external',
            ...(details !== undefined && { description: details }),
            target: { type: 'url', url: address },
          };
        }),
      };
    case 'table':
      return tableOf(content, values);
    case 'entities':
      return {
        type: 'entities',
        ...emptyOf(content),
        ...(content.columns && { columns: content.columns }),
        entityRefs: catalog.getEntities(content.when ? { where: content.when } : {}).map(refOf),
      };
  }
}

function emptyOf({ empty }: { readonly empty?: string | undefined }): { empty?: string } {
  return empty === undefined ? {} : { empty };
}

function tableOf(
  content: Extract<DeclaredContent, { type: 'table' }>,
  values: DeclaredValues,
): CardContent {
  const found = values.inFile(content.rows);
  const rows: readonly unknown[] = Array.isArray(found)
    ? found
    : isRecord(found)
      ? Object.values(found)
      : [];
  return {
    type: 'table',
    ...emptyOf(content),
    columns: content.columns.map(({ title, align }) => ({ title, ...(align && { align }) })),
    rows: rows.slice(0, MAX_ROWS).map(row =>
      content.columns.map(({ path = '' }) => {
        const steps = parseDataPath(path);
        const text = shown(steps.ok ? valueAtSteps(row, steps.value) : undefined);
        return text === undefined ? [] : [{ type: 'text', text: String(text) } as const];
      }),
    ),
  };
}
