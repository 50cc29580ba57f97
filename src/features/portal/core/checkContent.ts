import * as z from 'zod/mini';
import type {
  CardAction,
  CardBar,
  CardContent,
  CardEvent,
  CardField,
  CardMetric,
  CardRating,
  CardSeries,
  CardStatus,
  CardTableColumn,
  CardTreeItem,
  EntityColumn,
  GraphQuery,
  Inline,
  LinkTarget,
  PortalPage,
  Tone,
} from '../../../api';
import { failure, isRecord, ok, type Range, type Result } from '../../../base';
import type {
  JsonValue,
  Problem,
  ProblemCause,
  ProblemEdit,
  ProblemFix,
  RelatedPlace,
} from '../../../model';

const text = z.string({ error: 'must be a string' });
const flag = z.boolean({ error: 'must be true or false' });
const amount = z.number({ error: 'must be a number' });
/** Line or character of a position. */
const index = z
  .int({ error: 'must be a number from 0' })
  .check(z.gte(0, { error: 'must be a number from 0' }));

function oneOf<const T extends string>(...values: readonly T[]): z.ZodMiniType<T> {
  return z.enum(values, { error: `must be one of: ${values.join(', ')}` });
}

function list<T>(item: z.ZodMiniType<T>): z.ZodMiniType<readonly T[]> {
  return z.array(item, { error: 'must be an array' });
}

type Fields<T> = { readonly [K in keyof T]-?: z.ZodMiniType<T[K]> };

/** Object schema with an entry for each field of the type, including optional ones. */
function record<T extends object>(fields: Fields<T>): z.ZodMiniType<T> {
  return z.object(fields, { error: 'must be an object' }) as unknown as z.ZodMiniType<T>;
}

const UNKNOWN = 'is unknown: ';

/** Union of records, discriminated by `type`. */
function union<T extends { readonly type: string }>(shapes: {
  readonly [K in T['type']]: Fields<Omit<Extract<T, { type: K }>, 'type'>>;
}): z.ZodMiniType<T> {
  const records = Object.entries<z.core.$ZodLooseShape>(shapes).map(([type, fields]) =>
    z.object({ ...fields, type: z.literal(type) }),
  );
  const [first, ...others] = records;
  if (!first) throw new Error('A union needs a record');
  return z.discriminatedUnion('type', [first, ...others], {
    error({ input }) {
      if (!isRecord(input)) return 'must be an object';
      const { type } = input;
      return typeof type === 'string' ? `${UNKNOWN}${type.slice(0, 100)}` : 'must be a string';
    },
  }) as unknown as z.ZodMiniType<T>;
}

/** Deeper values would overflow the stack. */
const MAX_DEPTH = 600;

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some(inside => isDeeper(inside, depth - 1));
}

/** Plain JSON data, as it arrives in the webview. */
const data = z.pipe(
  z.unknown(),
  z.transform((value): unknown => {
    const json = JSON.stringify(value) as string | undefined;
    return json === undefined ? undefined : JSON.parse(json);
  }),
);

/** Reason why content can't be shown. */
export interface ContentFault {
  /** The unknown `type`, if that is the reason. */
  readonly unknownType: string | undefined;
  /** Path in the content, such as `fields[0].value`; empty for the whole. */
  readonly path: string;
  /** Details for the log. */
  readonly details: string;
}

type Of<T extends CardContent['type']> = Extract<CardContent, { type: T }>;

const tone = oneOf<Tone>('none', 'info', 'good', 'warning', 'bad');
const maybe = { text: z.optional(text), tone: z.optional(tone), flag: z.optional(flag) };

const position = record<Range['start']>({ line: index, character: index });
const range = record<Range>({ start: position, end: position });

const target = union<LinkTarget>({
  entity: { entityRef: text },
  page: {
    // The page is validated when the link is followed.
    page: z.pipe(
      data,
      z.custom<PortalPage>(
        page => isRecord(page) && typeof page['page'] === 'string',
        'must be a page',
      ),
    ),
  },
  url: { url: text },
  source: { file: text, range: z.optional(range) },
  command: {
    command: text,
    arguments: z.optional(list(data as z.ZodMiniType<JsonValue>)),
  },
});

const inline: z.ZodMiniType<Inline> = union<Inline>({
  text: { text, tone: maybe.tone },
  entity: { entityRef: text },
  badge: { text, tone: maybe.tone, target: z.optional(target) },
  link: { text, target, icon: maybe.text },
  code: { text, canCopy: maybe.flag },
  change: {
    change: oneOf('removed', 'added'),
    piece: z.lazy(() => inline),
  },
});

const fields = list(record<CardField>({ label: text, value: list(inline), wide: maybe.flag }));

const column = oneOf<EntityColumn>(
  'kind',
  'problems',
  'type',
  'lifecycle',
  'owner',
  'system',
  'description',
  'tags',
  'namespace',
  'providers',
  'consumers',
);

const treeItem: z.ZodMiniType<CardTreeItem> = record<CardTreeItem>({
  id: text,
  label: text,
  description: maybe.text,
  icon: maybe.text,
  badge: z.optional(record<NonNullable<CardTreeItem['badge']>>({ text, tone: maybe.tone })),
  target: z.optional(target),
  children: z.optional(list(z.lazy(() => treeItem))),
  isExpanded: maybe.flag,
  content: z.optional(z.lazy(() => content)),
});

const bar = record<CardBar>({
  label: text,
  value: amount,
  total: z.optional(amount),
  text: maybe.text,
  details: maybe.text,
  tone: maybe.tone,
  icon: maybe.text,
  target: z.optional(target),
  textTarget: z.optional(target),
});

const figures = {
  metric: record<CardMetric>({
    label: text,
    value: z.union([amount, text], { error: 'must be a number or a string' }),
    unit: maybe.text,
    tone: maybe.tone,
    trend: z.optional(oneOf('up', 'down', 'steady')),
    description: maybe.text,
    target: z.optional(target),
  }),
  rating: record<CardRating>({
    label: text,
    grade: text,
    tone: maybe.tone,
    description: maybe.text,
    target: z.optional(target),
  }),
  status: record<CardStatus>({
    label: text,
    status: oneOf('ok', 'warning', 'error', 'running', 'pending', 'unknown'),
    text: maybe.text,
    description: maybe.text,
    target: z.optional(target),
  }),
  event: record<CardEvent>({
    at: z.union([amount, text], { error: 'must be a time' }),
    title: text,
    description: maybe.text,
    icon: maybe.text,
    tone: maybe.tone,
    target: z.optional(target),
  }),
  column: record<CardTableColumn>({
    title: text,
    align: z.optional(oneOf('start', 'end')),
  }),
  series: record<CardSeries>({
    label: text,
    values: list(z.nullable(amount)),
    tone: maybe.tone,
  }),
};

const fix = record<ProblemFix>({
  title: text,
  edits: list(record<ProblemEdit>({ file: maybe.text, range, newText: text })),
});

const problem = record<Problem>({
  code: text,
  severity: oneOf('error', 'warning', 'info', 'hint'),
  message: text,
  file: maybe.text,
  document: z.optional(amount),
  range,
  entityRef: maybe.text,
  provider: maybe.text,
  related: z.optional(list(record<RelatedPlace>({ message: text, file: text, range }))),
  suggestions: z.optional(list(text)),
  cause: z.optional(record<ProblemCause>({ subject: text, apiVersion: maybe.text })),
  source: maybe.text,
  docs: maybe.text,
  fixes: z.optional(list(fix)),
});

const query = record<GraphQuery>({
  rootRefs: z.optional(list(text)),
  depth: z.optional(amount),
  direction: z.optional(oneOf('both', 'outgoing', 'incoming')),
  relations: z.optional(list(text)),
  kinds: z.optional(list(text)),
  owners: z.optional(list(text)),
  lifecycles: z.optional(list(text)),
  rollUp: z.optional(oneOf('system', 'domain', 'owner')),
  expanded: z.optional(list(text)),
  implied: maybe.flag,
  pathTo: maybe.text,
  dependents: maybe.flag,
  selected: maybe.text,
  asList: maybe.flag,
});

const content: z.ZodMiniType<CardContent> = union<CardContent>({
  text: { text },
  fields: { fields },
  entities: {
    entityRefs: list(text),
    columns: z.optional(list(column)),
    empty: maybe.text,
    more: z.optional(
      record<NonNullable<Of<'entities'>['more']>>({ count: amount, target: z.optional(target) }),
    ),
  },
  links: {
    links: list(
      record<Of<'links'>['links'][number]>({
        text,
        target,
        icon: maybe.text,
        description: maybe.text,
      }),
    ),
    empty: maybe.text,
  },
  labels: {
    labels: list(record<Of<'labels'>['labels'][number]>({ key: text, value: text })),
  },
  code: {
    text,
    language: maybe.text,
    source: z.optional(target),
    firstLine: z.optional(index),
  },
  tree: {
    label: text,
    items: list(treeItem),
    canFilter: maybe.flag,
    selected: maybe.text,
    empty: maybe.text,
  },
  bars: { bars: list(bar), empty: maybe.text },
  metrics: { metrics: list(figures.metric), empty: maybe.text },
  rating: { ratings: list(figures.rating), empty: maybe.text },
  status: { items: list(figures.status), empty: maybe.text },
  timeline: { events: list(figures.event), empty: maybe.text },
  table: { columns: list(figures.column), rows: list(list(list(inline))), empty: maybe.text },
  chart: { label: text, labels: list(text), series: list(figures.series), unit: maybe.text },
  markdown: { text },
  problems: { problems: list(problem), empty: maybe.text },
  graph: { query },
  docs: { site: text, path: maybe.text, anchor: maybe.text },
  message: {
    tone,
    text,
    detail: maybe.text,
    entityRefs: z.optional(list(text)),
    actions: z.optional(
      list(record<NonNullable<Of<'message'>['actions']>[number]>({ text, target })),
    ),
  },
  profile: {
    name: text,
    description: maybe.text,
    picture: maybe.text,
    fields,
  },
  choices: {
    label: text,
    choices: list(
      record<Of<'choices'>['choices'][number]>({
        id: text,
        title: text,
        content: z.lazy(() => content),
      }),
    ),
  },
  sections: {
    sections: list(
      record<Of<'sections'>['sections'][number]>({
        title: maybe.text,
        description: maybe.text,
        content: z.lazy(() => content),
      }),
    ),
  },
});

const actions = list(record<CardAction>({ title: text, icon: text, target }));

/**
 * Validates and copies the content of a card, with known fields only. Content comes from other extensions, so its
 * type isn't guaranteed, and invalid content would break the whole page.
 */
export function checkContent(value: unknown): Result<CardContent, ContentFault> {
  return check(content, value);
}

export function checkActions(value: unknown): Result<readonly CardAction[], ContentFault> {
  return check(actions, value);
}

function check<T>(schema: z.ZodMiniType<T>, value: unknown): Result<T, ContentFault> {
  const refuse = (details: string): Result<T, ContentFault> =>
    failure({ unknownType: undefined, path: '', details });
  try {
    const { data: checked, error } = schema.safeParse(value);
    const [issue] = error?.issues ?? [];
    if (!issue) {
      return isDeeper(checked, MAX_DEPTH) ? refuse('It is too deeply nested') : ok(checked as T);
    }
    const { code, message } = issue;
    const path = issue.path
      .map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
      .join('')
      .replace(/^\./, '');
    const isUnknown = code === 'invalid_union' && message.startsWith(UNKNOWN);
    return failure({
      unknownType: isUnknown ? message.slice(UNKNOWN.length) : undefined,
      path,
      details: `${path || 'The value'} ${message}`,
    });
  } catch (error) {
    // A cyclic value never ends, and getters may throw.
    return refuse(error instanceof RangeError ? 'It is too deeply nested' : String(error));
  }
}
