import type {
  Entity,
  EntityCell,
  EntityColumnsExtensionPoint,
  EntityDecoration,
  EntityDecorator,
  EntityDecoratorsExtensionPoint,
  EntityTableColumn,
  EntityViewsService,
  LinkTarget,
  Tone,
} from '../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  isRecord,
  Registry,
  toDisposable,
} from '../../../base';
import { type FilterPredicate, matchesPredicate } from '../../../model/predicates';
import { PluginFailures, type PluginFailuresDeps } from './pluginFailures';
import { assertHas } from './pluginShapes';

const TONES: ReadonlySet<unknown> = new Set<Tone>(['none', 'info', 'good', 'warning', 'bad']);
/** Maximum length of a text in a cell or tooltip. */
const MAX_TEXT = 1_000;

/** Columns and decorators of plugins. A plugin that fails loses its value only. */
export class EntityViews
  implements EntityViewsService, EntityColumnsExtensionPoint, EntityDecoratorsExtensionPoint
{
  #failures: PluginFailures;
  #columns = new Registry<EntityTableColumn>();
  #decorators = new Registry<EntityDecorator>();
  #columnsChanged = new Emitter<void>();
  #decorationsChanged = new Emitter<ReadonlySet<string> | undefined>();

  readonly onDidChangeColumns = this.#columnsChanged.event;
  readonly onDidChangeDecorations = this.#decorationsChanged.event;

  constructor(deps: PluginFailuresDeps) {
    this.#failures = new PluginFailures(deps);
    this.#columns.onDidChange(() => this.#columnsChanged.fire());
    this.#decorators.onDidChange(() => this.#decorationsChanged.fire(undefined));
  }

  get columns(): EntityViewsService['columns'] {
    return this.#columns.all();
  }

  addEntityColumn(column: EntityTableColumn): Disposable {
    assertHas(column, 'column', { methods: ['cellFor'] });
    return this.#add(column, 'column', this.#columns.add(column), () =>
      column.onDidChange?.(() => this.#columnsChanged.fire()),
    );
  }

  addEntityDecorator(decorator: EntityDecorator): Disposable {
    assertHas(decorator, 'decorator', { texts: ['id'], methods: ['decorationFor'] });
    return this.#add(decorator, 'decorator', this.#decorators.add(decorator), () =>
      decorator.onDidChange?.(refs =>
        this.#decorationsChanged.fire(refs instanceof Set ? refs : undefined),
      ),
    );
  }

  cellOf(id: string, entity: Entity): EntityCell | undefined {
    const column = this.#columns.get(id);
    if (!column) return undefined;
    return this.#ask(column, `cellFor() of the column "${id}"`, entity, {
      answer: () => column.cellFor(entity),
      read: readCell,
    });
  }

  decorationsOf(entity: Entity): readonly EntityDecoration[] {
    return this.#decorators.all().flatMap(
      decorator =>
        this.#ask(decorator, `decorationFor() of the decorator "${decorator.id}"`, entity, {
          answer: () => decorator.decorationFor(entity),
          read: readDecoration,
        }) ?? [],
    );
  }

  /** Subscribes to a contribution, whose event may throw. */
  #add(
    part: EntityTableColumn | EntityDecorator,
    what: string,
    registration: Disposable,
    subscribe: () => Disposable | undefined,
  ): Disposable {
    const store = new DisposableStore();
    store.add(registration);
    try {
      const subscription = subscribe();
      if (subscription) store.add(subscription);
    } catch (error) {
      this.#failures.report(part, `onDidChange of the ${what} "${part.id}"`, error);
    }
    return toDisposable(() => store.dispose());
  }

  #ask<T>(
    part: { readonly where?: FilterPredicate },
    what: string,
    entity: Entity,
    { answer, read }: { answer: () => unknown; read: (value: unknown) => T },
  ): T | undefined {
    if (part.where && !matchesPredicate(part.where, entity)) return undefined;
    try {
      const value = answer();
      return value === undefined || value === null ? undefined : read(value);
    } catch (error) {
      this.#failures.report(part, what, error);
      return undefined;
    }
  }
}

/** @throws TypeError */
function readCell(value: unknown): EntityCell {
  if (!isRecord(value)) throw new TypeError('A cell must be an object');
  const { text, sort, tone, icon, tooltip, target } = value;
  if (typeof text !== 'string') throw new TypeError('A cell must have a string "text"');
  const hasSort = typeof sort === 'string' || (typeof sort === 'number' && Number.isFinite(sort));
  return {
    text: text.slice(0, MAX_TEXT),
    ...(hasSort && { sort }),
    ...(TONES.has(tone) && { tone: tone as Tone }),
    ...(typeof icon === 'string' && { icon }),
    ...(typeof tooltip === 'string' && { tooltip: tooltip.slice(0, MAX_TEXT) }),
    // Followed by the host only, which checks it.
    ...(isRecord(target) && { target: JSON.parse(JSON.stringify(target)) as LinkTarget }),
  };
}

/** @throws TypeError */
function readDecoration(value: unknown): EntityDecoration {
  if (!isRecord(value)) throw new TypeError('A decoration must be an object');
  const { badge, tooltip, tone } = value;
  if (typeof tooltip !== 'string') {
    throw new TypeError('A decoration must have a string "tooltip"');
  }
  return {
    ...(typeof badge === 'string' && { badge: [...badge].slice(0, 2).join('') }),
    tooltip: tooltip.slice(0, MAX_TEXT),
    ...(TONES.has(tone) && { tone: tone as Tone }),
  };
}
