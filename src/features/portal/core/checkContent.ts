import type {
  CardAction,
  CardBar,
  CardContent,
  CardField,
  CardTreeItem,
  EntityColumn,
  GraphQuery,
  Inline,
  LinkTarget,
  PortalPage,
  Tone,
} from '../../../api';
import { failure, isRecord, ok, type Range, type Result } from '../../../base';
import type { JsonValue, Problem, ProblemCause, RelatedPlace } from '../../../model';

/** Returns a copy of a value that has a shape, of the fields that the shape names. @throws ShapeFault */
type Shape<T> = (value: unknown) => T;

/** A value that doesn't have the shape that it should have. */
class ShapeFault extends Error {
  /** Keys and indices from the value that was checked, the innermost first. */
  readonly path: (string | number)[] = [];
  /** The `type` that no shape has, where that is the reason. */
  readonly unknownType: string | undefined;

  constructor(message: string, unknownType?: string) {
    super(message);
    this.unknownType = unknownType;
  }
}

const text: Shape<string> = value => {
  if (typeof value !== 'string') throw new ShapeFault('must be a text');
  return value;
};

const flag: Shape<boolean> = value => {
  if (typeof value !== 'boolean') throw new ShapeFault('must be true or false');
  return value;
};

const amount: Shape<number> = value => {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new ShapeFault('must be a number');
  return value;
};

/** A line or a character. */
const index: Shape<number> = value => {
  if (!Number.isInteger(value) || Number(value) < 0) {
    throw new ShapeFault('must be a number from 0');
  }
  return Number(value);
};

function oneOf<T extends string>(...values: readonly T[]): Shape<T> {
  const known: ReadonlySet<unknown> = new Set(values);
  return value => {
    if (!known.has(value)) throw new ShapeFault(`must be one of: ${values.join(', ')}`);
    return value as T;
  };
}

function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return value => (value === undefined ? undefined : shape(value));
}

function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return value => {
    if (!Array.isArray(value)) throw new ShapeFault('must be an array');
    const items: T[] = [];
    try {
      for (const item of value) items.push(shape(item));
    } catch (error) {
      throw inside(error, items.length);
    }
    return items;
  };
}

function record<T extends object>(fields: {
  readonly [K in keyof T]-?: Shape<T[K]>;
}): Shape<T> {
  const entries = Object.entries<Shape<unknown>>(fields);
  return value => {
    if (typeof value !== 'object' || value === null) throw new ShapeFault('must be an object');
    const copy: Record<string, unknown> = {};
    let key = '';
    try {
      for (const [name, shape] of entries) {
        key = name;
        const field = shape((value as Record<string, unknown>)[name]);
        if (field !== undefined) copy[name] = field;
      }
    } catch (error) {
      throw inside(error, key);
    }
    return copy as T;
  };
}

/** One of several records, which their `type` tells apart. */
function union<T extends { readonly type: string }>(shapes: {
  readonly [K in T['type']]: Shape<Omit<Extract<T, { type: K }>, 'type'>>;
}): Shape<T> {
  const byType = new Map(Object.entries<Shape<object>>(shapes));
  return value => {
    if (typeof value !== 'object' || value === null) throw new ShapeFault('must be an object');
    const type: unknown = Reflect.get(value, 'type');
    const shape = typeof type === 'string' ? byType.get(type) : undefined;
    if (shape) return Object.assign({ type }, shape(value)) as unknown as T;
    const fault =
      typeof type === 'string'
        ? new ShapeFault('is unknown', type.slice(0, 100))
        : new ShapeFault('must be a text');
    throw inside(fault, 'type');
  };
}

/** A shape that is declared further below, or contains itself. */
function later<T>(shape: () => Shape<T>): Shape<T> {
  return value => {
    if (nesting >= MAX_NESTING) throw new RangeError();
    nesting++;
    try {
      return shape()(value);
    } finally {
      nesting--;
    }
  };
}

/** Deeper contents would exhaust the stack of what walks through them. */
const MAX_NESTING = 200;
/** How many shapes that contain themselves are being checked. */
let nesting = 0;

/** Plain data, as it arrives where it is sent. */
const data: Shape<unknown> = value => {
  const json = JSON.stringify(value) as string | undefined;
  return json === undefined ? undefined : (JSON.parse(json) as unknown);
};

function inside(error: unknown, key: string | number): unknown {
  if (error instanceof ShapeFault) error.path.push(key);
  return error;
}

/** Why something of a card can't be shown. */
export interface ContentFault {
  /** The `type` that isn't known, where that is the reason. */
  readonly unknownType: string | undefined;
  /** Place in the content, such as `fields[0].value`; empty for all of it. */
  readonly path: string;
  /** For the log. */
  readonly details: string;
}

type Of<T extends CardContent['type']> = Omit<Extract<CardContent, { type: T }>, 'type'>;
type InlineOf<T extends Inline['type']> = Omit<Extract<Inline, { type: T }>, 'type'>;
type TargetOf<T extends LinkTarget['type']> = Omit<Extract<LinkTarget, { type: T }>, 'type'>;

const tone = oneOf<Tone>('none', 'info', 'good', 'warning', 'bad');
const maybe = { text: optional(text), tone: optional(tone), flag: optional(flag) };

const position = record<Range['start']>({ line: index, character: index });
const range = record<Range>({ start: position, end: position });

const target = union<LinkTarget>({
  entity: record<TargetOf<'entity'>>({ entityRef: text }),
  page: record<TargetOf<'page'>>({
    // Whether there is such a page is found out by who follows it.
    page: value => {
      const page = data(value);
      if (!isRecord(page) || typeof page['page'] !== 'string')
        throw new ShapeFault('must be a page');
      return page as unknown as PortalPage;
    },
  }),
  url: record<TargetOf<'url'>>({ url: text }),
  source: record<TargetOf<'source'>>({ file: text, range: optional(range) }),
  command: record<TargetOf<'command'>>({
    command: text,
    arguments: optional(value => list(data)(value) as readonly JsonValue[]),
  }),
});

const inline: Shape<Inline> = union<Inline>({
  text: record<InlineOf<'text'>>({ text, tone: maybe.tone }),
  entity: record<InlineOf<'entity'>>({ entityRef: text }),
  badge: record<InlineOf<'badge'>>({ text, tone: maybe.tone, target: optional(target) }),
  link: record<InlineOf<'link'>>({ text, target, icon: maybe.text }),
  code: record<InlineOf<'code'>>({ text, canCopy: maybe.flag }),
  change: record<InlineOf<'change'>>({
    change: oneOf('removed', 'added'),
    piece: later(() => inline),
  }),
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
);

const treeItem: Shape<CardTreeItem> = record<CardTreeItem>({
  id: text,
  label: text,
  description: maybe.text,
  icon: maybe.text,
  badge: optional(record<NonNullable<CardTreeItem['badge']>>({ text, tone: maybe.tone })),
  target: optional(target),
  children: optional(list(later(() => treeItem))),
  isExpanded: maybe.flag,
  content: optional(later(() => content)),
});

const bar = record<CardBar>({
  label: text,
  value: amount,
  total: optional(amount),
  text: maybe.text,
  details: maybe.text,
  tone: maybe.tone,
  icon: maybe.text,
  target: optional(target),
});

const problem = record<Problem>({
  code: text,
  severity: oneOf('error', 'warning', 'info', 'hint'),
  message: text,
  file: maybe.text,
  document: optional(amount),
  range,
  entityRef: maybe.text,
  related: optional(list(record<RelatedPlace>({ message: text, file: text, range }))),
  suggestions: optional(list(text)),
  cause: optional(record<ProblemCause>({ subject: text, apiVersion: maybe.text })),
});

const query = record<GraphQuery>({
  rootRefs: optional(list(text)),
  depth: optional(amount),
  direction: optional(oneOf('both', 'outgoing', 'incoming')),
  relations: optional(list(text)),
  kinds: optional(list(text)),
  owners: optional(list(text)),
  lifecycles: optional(list(text)),
  rollUp: optional(oneOf('system', 'domain', 'owner')),
  expanded: optional(list(text)),
  implied: maybe.flag,
  pathTo: maybe.text,
  dependents: maybe.flag,
  selected: maybe.text,
  asList: maybe.flag,
});

const content: Shape<CardContent> = union<CardContent>({
  text: record<Of<'text'>>({ text }),
  fields: record<Of<'fields'>>({ fields }),
  entities: record<Of<'entities'>>({
    entityRefs: list(text),
    columns: optional(list(column)),
    empty: maybe.text,
    more: optional(
      record<NonNullable<Of<'entities'>['more']>>({ count: amount, target: optional(target) }),
    ),
  }),
  links: record<Of<'links'>>({
    links: list(
      record<Of<'links'>['links'][number]>({
        text,
        target,
        icon: maybe.text,
        description: maybe.text,
      }),
    ),
    empty: maybe.text,
  }),
  labels: record<Of<'labels'>>({
    labels: list(record<Of<'labels'>['labels'][number]>({ key: text, value: text })),
  }),
  code: record<Of<'code'>>({
    text,
    language: maybe.text,
    source: optional(target),
    firstLine: optional(index),
  }),
  tree: record<Of<'tree'>>({
    label: text,
    items: list(treeItem),
    canFilter: maybe.flag,
    selected: maybe.text,
    empty: maybe.text,
  }),
  bars: record<Of<'bars'>>({ bars: list(bar), empty: maybe.text }),
  problems: record<Of<'problems'>>({ problems: list(problem), empty: maybe.text }),
  graph: record<Of<'graph'>>({ query }),
  docs: record<Of<'docs'>>({ site: text, path: maybe.text, anchor: maybe.text }),
  message: record<Of<'message'>>({
    tone,
    text,
    detail: maybe.text,
    entityRefs: optional(list(text)),
    actions: optional(
      list(record<NonNullable<Of<'message'>['actions']>[number]>({ text, target })),
    ),
  }),
  profile: record<Of<'profile'>>({
    name: text,
    description: maybe.text,
    picture: maybe.text,
    fields,
  }),
  choices: record<Of<'choices'>>({
    label: text,
    choices: list(
      record<Of<'choices'>['choices'][number]>({
        id: text,
        title: text,
        content: later(() => content),
      }),
    ),
  }),
  sections: record<Of<'sections'>>({
    sections: list(
      record<Of<'sections'>['sections'][number]>({
        title: maybe.text,
        description: maybe.text,
        content: later(() => content),
      }),
    ),
  }),
});

const actions = list(record<CardAction>({ title: text, icon: text, target }));

/**
 * Copies the content of a card, with known fields only. Contents come from other extensions: their types are a promise, not
 * a fact, and one that is drawn as it comes would fail the page with all other cards.
 */
export function checkContent(value: unknown): Result<CardContent, ContentFault> {
  return check(content, value);
}

export function checkActions(value: unknown): Result<readonly CardAction[], ContentFault> {
  return check(actions, value);
}

function check<T>(shape: Shape<T>, value: unknown): Result<T, ContentFault> {
  try {
    return ok(shape(value));
  } catch (error) {
    if (error instanceof ShapeFault) {
      const { unknownType } = error;
      const path = error.path
        .reverse()
        .map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`))
        .join('')
        .replace(/^\./, '');
      const said = unknownType === undefined ? error.message : `${error.message}: ${unknownType}`;
      return failure({ unknownType, path, details: `${path || 'The value'} ${said}` });
    }
    // What contains itself has no end; what has getters may throw.
    const details = error instanceof RangeError ? 'It is nested too deeply' : String(error);
    return failure({ unknownType: undefined, path: '', details });
  }
}
