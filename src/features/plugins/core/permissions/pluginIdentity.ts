import type { PluginCapabilities } from '../../../../api';

/** Where a plugin is from: Callboard, another extension, or files of the workspace. */
export type PluginOrigin = 'builtin' | 'extension' | 'workspace';

/** A plugin as the user decides about it. */
export interface PluginIdentity {
  readonly id: string;
  readonly title: string;
  readonly origin: PluginOrigin;
  /** Id of the extension that registered it, if known. */
  readonly extension: string | undefined;
  readonly capabilities: PluginCapabilities;
}

export type Capability = keyof PluginCapabilities;

export const capabilityNames = [
  'edits',
  'sources',
  'network',
  'run',
  'secrets',
] as const satisfies readonly Capability[];

/** Maximum number of hosts or programs. */
const MAX_TARGETS = 50;

/** Returns the valid capabilities of an untrusted value. */
export function readCapabilities(value: unknown): PluginCapabilities {
  if (typeof value !== 'object' || value === null) return {};
  const flag = (name: Capability): boolean => Reflect.get(value, name) === true;
  const list = (name: Capability): readonly string[] => {
    const targets: unknown = Reflect.get(value, name);
    if (!Array.isArray(targets)) return [];
    return targets.slice(0, MAX_TARGETS).filter(target => typeof target === 'string');
  };
  return Object.freeze({
    ...(flag('edits') && { edits: true }),
    ...(flag('sources') && { sources: true }),
    ...(list('network').length > 0 && { network: Object.freeze(list('network')) }),
    ...(list('run').length > 0 && { run: Object.freeze(list('run')) }),
    ...(flag('secrets') && { secrets: true }),
  });
}

/** Returns the declared hosts or programs of a capability; undefined if it isn't declared. */
export function targetsOf(
  { capabilities }: Pick<PluginIdentity, 'capabilities'>,
  capability: Capability,
): readonly string[] | undefined {
  const declared = capabilities[capability];
  if (Array.isArray(declared)) return declared as readonly string[];
  return declared === true ? [] : undefined;
}

/** Name under which a plugin's state, secrets and permissions are stored. A plugin of another extension has another name. */
export function ownerOf({
  id,
  extension,
  origin,
}: Pick<PluginIdentity, 'id' | 'extension' | 'origin'>): string {
  return `${extension ?? origin}/${id}`;
}

/** Prefix of the keys of a plugin's state. */
export function statePrefix(plugin: PluginIdentity): string {
  return `plugin:${ownerOf(plugin)}:`;
}
