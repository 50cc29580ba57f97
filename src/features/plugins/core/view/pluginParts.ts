import type { PluginStatus } from '../../../../api';
import type { PluginActivity } from '../pluginActivity';
import type { PluginDetails } from '../pluginHost';

/** Activity of a plugin, as the Plugins view shows it. */
export type ShownActivity = Pick<
  PluginActivity,
  | 'calls'
  | 'contributions'
  | 'countAllowedUses'
  | 'errorCount'
  | 'errors'
  | 'slowest'
  | 'time'
  | 'uses'
>;

/** A plugin as the Plugins view shows it. */
export interface ShownPlugin extends Omit<PluginDetails, 'activity'> {
  readonly activity: ShownActivity | undefined;
  /** The registered plugins that it consists of: what its manifest declares, and its code. */
  readonly parts: readonly PluginDetails[];
}

/** Returns the plugins to show: what the manifest of an extension declares, and the code of this extension, are one. */
export function shownPlugins(plugins: readonly PluginDetails[]): readonly ShownPlugin[] {
  const groups = new Map<string, PluginDetails[]>();
  for (const plugin of plugins) if (isDeclaration(plugin)) groups.set(plugin.manifest, [plugin]);
  const alone: PluginDetails[][] = [];
  for (const plugin of plugins) {
    if (isDeclaration(plugin)) continue;
    const { origin, manifest = '' } = plugin;
    const group = origin === 'extension' ? groups.get(manifest) : undefined;
    if (group) group.push(plugin);
    else alone.push([plugin]);
  }
  return [...groups.values(), ...alone].flatMap(parts => combined(parts) ?? []);
}

/** Whether a plugin is what the manifest of an extension declares, without code. */
function isDeclaration(plugin: PluginDetails): plugin is PluginDetails & { manifest: string } {
  const { origin, extension, manifest } = plugin;
  return origin === 'extension' && extension === undefined && manifest !== undefined;
}

/** Statuses that a part gives to the whole, the first one first. */
const SHOWN_FIRST: readonly PluginStatus[] = [
  'failed',
  'initializing',
  'waiting',
  'active',
  'disabled',
];

/** @param parts - the first one names the whole */
function combined(parts: readonly PluginDetails[]): ShownPlugin | undefined {
  const [first, ...others] = parts;
  if (!first) return undefined;
  if (!others.length) return { ...first, parts };
  const status = SHOWN_FIRST.find(one => parts.some(part => part.status === one)) ?? first.status;
  return {
    ...first,
    extension: others.find(({ extension }) => extension !== undefined)?.extension,
    capabilities: Object.assign({}, ...parts.map(({ capabilities }) => capabilities)) as object,
    status,
    error: parts.find(part => part.status === status)?.error,
    activity: combinedActivity(parts.flatMap(({ activity }) => activity ?? [])),
    parts,
  };
}

function combinedActivity(activities: readonly ShownActivity[]): ShownActivity {
  const sum = (valueOf: (activity: ShownActivity) => number): number =>
    activities.reduce((total, activity) => total + valueOf(activity), 0);
  const slowest = activities
    .flatMap(activity => activity.slowest ?? [])
    .sort((a, b) => b.time - a.time)[0];
  return {
    calls: sum(({ calls }) => calls),
    contributions: activities.flatMap(({ contributions }) => contributions),
    countAllowedUses: capability => sum(activity => activity.countAllowedUses(capability)),
    errorCount: sum(({ errorCount }) => errorCount),
    errors: activities.flatMap(({ errors }) => errors).sort((a, b) => b.at - a.at),
    slowest,
    time: sum(({ time }) => time),
    uses: activities.flatMap(({ uses }) => uses).sort((a, b) => b.at - a.at),
  };
}
