import {
  compareNaturally,
  formatAge,
  formatNumber,
  singleLine,
  type Translate,
  translateCount,
} from '../../../../base';
import type { Grant } from '../permissions/pluginChoices';
import {
  type Capability,
  capabilityNames,
  type PluginIdentity,
  targetsOf,
} from '../permissions/pluginIdentity';
import { type CapabilityUse, PluginActivity } from '../pluginActivity';
import type { PluginDetails } from '../pluginHost';
import { type ShownActivity, type ShownPlugin, shownPlugins } from './pluginParts';

/** A row of the Plugins view. */
export interface PluginRow {
  /** Stable id, unique in the view. */
  readonly id: string;
  readonly type: 'builtins' | 'plugin' | 'part' | 'capability';
  /** Id of the plugin that the row belongs to; undefined for the group of built-in plugins. */
  readonly plugin?: string;
  readonly capability?: Capability;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon: string;
  /** Id of a theme color of the icon. */
  readonly iconColor?: string;
  /** Words that menus look for. */
  readonly contextValue: string;
  readonly children?: readonly PluginRow[];
  /** Whether the children are shown at first. */
  readonly isOpen?: boolean;
}

export interface PluginRowsDeps {
  readonly translate: Translate;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly grantOf: (plugin: PluginIdentity, capability: Capability) => Grant | undefined;
  /** Returns the number of entities of a provider. */
  readonly countEntities: (provider: string) => number;
  /** Returns the stored values of a plugin: their number, and their size as JSON in characters. */
  readonly storedState: (plugin: PluginIdentity) => {
    readonly values: number;
    readonly size: number;
  };
}

/** Titles of built-in plugins by id. Not in the plugins, which are loaded when the window starts. */
const builtInTitles: ReadonlyMap<string, (translate: Translate) => string> = new Map([
  ['agents', translate => translate('Agents')],
  ['apis', translate => translate('APIs')],
  ['backstage', translate => translate('Backstage')],
  ['catalog', translate => translate('Catalog')],
  ['catalog-views', translate => translate('Catalog Views')],
  ['core', translate => translate('Core Services')],
  ['docs', translate => translate('Docs')],
  ['import', translate => translate('Import')],
  ['portal-cards', translate => translate('Entity Page Cards')],
  ['portal-home', translate => translate('Home Page')],
  ['problems', translate => translate('Catalog Health')],
  ['scaffolder', translate => translate('Templates')],
  ['search', translate => translate('Search')],
  ['sources', translate => translate('Sources')],
]);

const MAX_LABEL = 200;
const ERROR = 'list.errorForeground';
const WARNING = 'list.warningForeground';

/** Returns the rows of the Plugins view: plugins of others, then the built-in ones in a group. */
export function pluginRows(
  plugins: readonly PluginDetails[],
  deps: PluginRowsDeps,
): readonly PluginRow[] {
  const shown = shownPlugins(plugins);
  const rows = (isBuiltIn: boolean): readonly PluginRow[] =>
    shown
      .filter(({ origin }) => (origin === 'builtin') === isBuiltIn)
      .map(plugin => new PluginPresenter(plugin, deps).row())
      .sort((a, b) => compareNaturally(a.label, b.label));
  const builtins = rows(true);
  return [
    ...rows(false),
    {
      id: 'builtins',
      type: 'builtins',
      label: deps.translate('Built-in'),
      description: formatNumber(builtins.length),
      icon: 'package',
      contextValue: 'builtins',
      children: builtins,
    },
  ];
}

class PluginPresenter {
  readonly #plugin: ShownPlugin;
  readonly #activity: ShownActivity;
  readonly #deps: PluginRowsDeps;

  constructor(plugin: ShownPlugin, deps: PluginRowsDeps) {
    this.#plugin = plugin;
    this.#activity = plugin.activity ?? new PluginActivity(() => deps.now);
    this.#deps = deps;
  }

  row(): PluginRow {
    const { id, title, status, origin, extension, manifest, error } = this.#plugin;
    const [icon, iconColor] = this.#icon();
    const builtIn = origin === 'builtin' ? builtInTitles.get(id) : undefined;
    const shown = builtIn?.(this.#deps.translate) ?? title;
    return {
      id: `plugin ${id}`,
      type: 'plugin',
      plugin: id,
      label: singleLine(shown, MAX_LABEL),
      description: this.#summary(),
      tooltip: [shown, id, extension, this.#status(), error].filter(Boolean).join('\n'),
      icon,
      ...(iconColor !== undefined && { iconColor }),
      contextValue: [
        'plugin',
        origin,
        status === 'disabled' ? 'disabled' : 'enabled',
        ...(manifest === undefined ? [] : ['manifest']),
        ...(extension === undefined ? [] : ['reportable']),
      ].join(' '),
      children: [...this.#errorRow(), ...(origin === 'builtin' ? [] : this.#activityRows())],
    };
  }

  /** Rows of plugins of others: Callboard neither measures nor guards its own. */
  #activityRows(): readonly PluginRow[] {
    return [
      ...this.#errors(),
      ...this.#capabilities(),
      ...this.#contributions(),
      ...this.#figures(),
    ];
  }

  #part(
    name: string,
    row: Omit<PluginRow, 'id' | 'type' | 'plugin' | 'contextValue'> & { contextValue?: string },
  ): PluginRow {
    const { id } = this.#plugin;
    return { contextValue: 'part', ...row, id: `${name} ${id}`, type: 'part', plugin: id };
  }

  #icon(): [string, string?] {
    const { status } = this.#plugin;
    if (status === 'failed') return ['error', ERROR];
    if (status === 'disabled') return ['circle-slash'];
    if (status === 'waiting') return ['watch'];
    if (status === 'initializing') return ['loading~spin'];
    return this.#activity.errorCount || this.#hanging ? ['warning', WARNING] : ['plug'];
  }

  #status(): string {
    const { translate } = this.#deps;
    switch (this.#plugin.status) {
      case 'active':
        return translate('Active');
      case 'failed':
        return translate('Failed');
      case 'disabled':
        return translate('Disabled');
      case 'waiting':
        return translate('Waiting');
      case 'initializing':
        return translate('Starting');
    }
  }

  get #hanging(): number {
    return this.#activity.contributions.reduce((sum, { hanging }) => sum + hanging, 0);
  }

  #summary(): string {
    if (this.#plugin.status !== 'active') return this.#status();
    const { errorCount } = this.#activity;
    if (this.#hanging) return this.#deps.translate('Not responding');
    return errorCount ? translateCount(errorCount, { one: '{0} error', other: '{0} errors' }) : '';
  }

  /** The reason why the plugin isn't active. */
  #errorRow(): readonly PluginRow[] {
    const { status, error } = this.#plugin;
    if (error === undefined || status === 'active') return [];
    const label = singleLine(error, MAX_LABEL);
    const icon = status === 'failed' ? { icon: 'error', iconColor: ERROR } : { icon: 'info' };
    return [this.#part('reason', { label, tooltip: error, ...icon, contextValue: 'part failure' })];
  }

  #contributions(): readonly PluginRow[] {
    const { translate } = this.#deps;
    const { contributions } = this.#activity;
    if (!contributions.length) return [];
    const children = contributions.map(({ point, name, calls, time, errors, hanging }, index) => {
      const figures = [
        ...(hanging ? [translate('not responding')] : []),
        ...(errors ? [translateCount(errors, { one: '{0} error', other: '{0} errors' })] : []),
        ...(calls ? [this.#calls(calls, time)] : []),
      ];
      const kind = pointName(point, translate);
      return this.#part(`contribution ${index}`, {
        label: singleLine(name, MAX_LABEL) || kind,
        description: [kind, ...figures].join(' · '),
        tooltip: [name, kind, ...figures].join('\n'),
        ...(errors || hanging ? { icon: 'warning', iconColor: WARNING } : { icon: 'symbol-misc' }),
      });
    });
    return [
      this.#part('contributions', {
        label: translate('Contributions'),
        description: formatNumber(contributions.length),
        icon: 'extensions',
        children,
      }),
    ];
  }

  /** Time, entities, requests and stored values. */
  #figures(): readonly PluginRow[] {
    const { translate, countEntities, storedState } = this.#deps;
    const activity = this.#activity;
    const { calls, time, slowest } = activity;
    const rows: PluginRow[] = [];
    const add = (
      name: string,
      label: string,
      description: string,
      icon: string,
      tooltip?: string,
    ) =>
      rows.push(
        this.#part(name, { label, description, icon, ...(tooltip !== undefined && { tooltip }) }),
      );
    if (calls) {
      add(
        'time',
        translate('Time'),
        this.#calls(calls, time),
        'clock',
        slowest &&
          translate(
            'The slowest call blocked the editor for {0} ms: {1}',
            ms(slowest.time),
            slowest.what,
          ),
      );
    }
    const providers = activity.contributions.filter(
      ({ point }) => point === 'catalog.entity-providers',
    );
    const entities = providers.reduce((sum, { name }) => sum + countEntities(name), 0);
    if (providers.length) {
      add('entities', translate('Entities'), formatNumber(entities), 'symbol-class');
    }
    const requests = activity.countAllowedUses('network') + activity.countAllowedUses('sources');
    if (requests) add('requests', translate('Requests'), formatNumber(requests), 'globe');
    const stored = this.#plugin.parts.map(part => storedState(part));
    const values = stored.reduce((sum, state) => sum + state.values, 0);
    const size = stored.reduce((sum, state) => sum + state.size, 0);
    if (values) {
      const count = translateCount(values, { one: '{0} value', other: '{0} values' });
      const kilobytes = formatNumber(Math.ceil(size / 1024));
      add('state', translate('State'), `${count} · ${kilobytes} kB`, 'database');
    }
    return rows;
  }

  #calls(calls: number, time: number): string {
    return translateCount(
      calls,
      { one: '{1} ms in {0} call', other: '{1} ms in {0} calls' },
      ms(time),
    );
  }

  #errors(): readonly PluginRow[] {
    const { translate, now } = this.#deps;
    const { errors, errorCount } = this.#activity;
    if (!errorCount) return [];
    const children = errors.map(({ what, message, at, count }, index) => {
      const times = count > 1 ? ` · ×${formatNumber(count)}` : '';
      return this.#part(`error ${index}`, {
        label: singleLine(message, MAX_LABEL),
        description: `${what}${times} · ${formatAge(at, now, translate)}`,
        tooltip: `${what}\n${message}`,
        icon: 'error',
        iconColor: ERROR,
        contextValue: 'part failure',
      });
    });
    return [
      this.#part('errors', {
        label: translate('Errors'),
        description: formatNumber(errorCount),
        icon: 'error',
        iconColor: ERROR,
        children,
        isOpen: true,
      }),
    ];
  }

  #capabilities(): readonly PluginRow[] {
    const { translate } = this.#deps;
    const { uses } = this.#activity;
    const shown = capabilityNames.filter(
      name =>
        targetsOf(this.#plugin, name) !== undefined ||
        uses.some(({ capability }) => capability === name),
    );
    if (!shown.length) return [];
    return [
      this.#part('capabilities', {
        label: translate('Capabilities'),
        description: formatNumber(shown.length),
        icon: 'shield',
        children: shown.map(name => this.#capability(name)),
      }),
    ];
  }

  #capability(capability: Capability): PluginRow {
    const { translate } = this.#deps;
    const { parts } = this.#plugin;
    // The part that the user decides about. What a manifest declares doesn't use any.
    const plugin =
      parts.find(part => part.extension !== undefined && targetsOf(part, capability)) ??
      parts.find(part => part.activity?.uses.some(use => use.capability === capability)) ??
      this.#plugin;
    const { id } = plugin;
    const targets = targetsOf(plugin, capability);
    const grant = this.#deps.grantOf(plugin, capability);
    const state =
      targets === undefined
        ? { word: translate('Not declared'), icon: 'circle-slash', context: 'undeclared' }
        : grant === 'allowed'
          ? { word: translate('Allowed'), icon: 'pass', context: 'allowed' }
          : grant === 'denied'
            ? { word: translate('Not allowed'), icon: 'circle-slash', context: 'denied' }
            : { word: translate('Not asked yet'), icon: 'question', context: 'open' };
    const uses = this.#activity.uses.filter(use => use.capability === capability);
    return {
      id: `capability ${capability} ${id}`,
      type: 'capability',
      plugin: id,
      capability,
      label: capabilityName(capability, translate),
      description: [state.word, ...(targets ?? [])].join(' · '),
      tooltip: [capabilityName(capability, translate), state.word, ...(targets ?? [])].join('\n'),
      icon: state.icon,
      contextValue: `capability ${state.context}`,
      children: uses.map((use, index) => this.#use(use, index)),
    };
  }

  #use({ capability, detail, isAllowed, at }: CapabilityUse, index: number): PluginRow {
    const { translate, now } = this.#deps;
    const age = formatAge(at, now, translate);
    return this.#part(`use ${capability} ${index}`, {
      label: singleLine(detail, MAX_LABEL),
      description: isAllowed ? age : `${translate('Refused')} · ${age}`,
      tooltip: detail,
      icon: isAllowed ? 'pass' : 'circle-slash',
    });
  }
}

function ms(time: number): string {
  return formatNumber(time < 10 ? Math.round(time * 10) / 10 : Math.round(time));
}

function capabilityName(capability: Capability, translate: Translate): string {
  switch (capability) {
    case 'edits':
      return translate('Edit files');
    case 'sources':
      return translate('Use sources');
    case 'network':
      return translate('Contact hosts');
    case 'run':
      return translate('Run programs');
    case 'secrets':
      return translate('Store secrets');
  }
}

/** Returns the name of a kind of contribution. */
function pointName(point: string, translate: Translate): string {
  switch (point) {
    case 'portal.entity-cards':
      return translate('Card');
    case 'portal.home-cards':
      return translate('Home card');
    case 'portal.entity-tabs':
      return translate('Tab');
    case 'catalog.entity-providers':
      return translate('Entity provider');
    case 'catalog.processors':
      return translate('Processor');
    case 'catalog.problem-sources':
      return translate('Problems');
    case 'catalog.tree-groupings':
      return translate('Grouping');
    case 'catalog.entity-commands':
      return translate('Command');
    case 'catalog.entity-columns':
      return translate('Column');
    case 'catalog.entity-decorators':
      return translate('Decoration');
    case 'search.collators':
      return translate('Search documents');
    case 'search.providers':
      return translate('Search provider');
    case 'scaffolder.actions':
      return translate('Template action');
    case 'scaffolder.templates':
      return translate('Templates');
    default:
      return point;
  }
}
