import type { StateService } from '../../../../api';
import { type Disposable, Emitter, isRecord, ownValue } from '../../../../base';
import { type Capability, ownerOf, type PluginIdentity, targetsOf } from './pluginIdentity';

const KEY = 'plugins.choices';

/** Answer of the user to a request for a capability. */
export type Grant = 'allowed' | 'denied';

/** Decisions of the user about one plugin, as stored. */
interface Choices {
  readonly isDisabled?: boolean;
  /** By capability. */
  readonly grants?: Readonly<Record<string, StoredGrant>>;
}

interface StoredGrant {
  readonly grant: Grant;
  /** Hosts or programs that the answer covers. New ones need another answer. */
  readonly targets: readonly string[];
}

/** A plugin as decisions are stored for it. */
type PluginKey = Pick<PluginIdentity, 'id' | 'extension' | 'origin'>;

/**
 * The user's decisions about plugins. Those about plugins of extensions apply in all workspaces,
 * others in this one.
 */
export class PluginChoices implements Disposable {
  readonly #user: StateService;
  readonly #workspace: StateService;
  readonly #changed = new Emitter<void>();

  readonly onDidChange = this.#changed.event;

  constructor(deps: { readonly user: StateService; readonly workspace: StateService }) {
    this.#user = deps.user;
    this.#workspace = deps.workspace;
  }

  isDisabled(plugin: PluginKey): boolean {
    return this.#read(plugin).isDisabled === true;
  }

  async setDisabled(plugin: PluginIdentity, isDisabled: boolean): Promise<void> {
    const { isDisabled: _, ...choices } = this.#read(plugin);
    await this.#write(plugin, { ...choices, ...(isDisabled && { isDisabled }) });
  }

  /** Returns the user's answer for all that the plugin declares; undefined without one. */
  grantOf(plugin: PluginIdentity, capability: Capability): Grant | undefined {
    const { grants = {} } = this.#read(plugin);
    const stored = ownValue(grants, capability);
    const targets = targetsOf(plugin, capability);
    return targets?.every(target => stored?.targets.includes(target)) ? stored?.grant : undefined;
  }

  /** Stores an answer; undefined removes it. */
  async setGrant(
    plugin: PluginIdentity,
    capability: Capability,
    grant: Grant | undefined,
  ): Promise<void> {
    const { grants = {}, ...choices } = this.#read(plugin);
    const { [capability]: _, ...others } = grants;
    const targets = targetsOf(plugin, capability) ?? [];
    await this.#write(plugin, {
      ...choices,
      grants: { ...others, ...(grant && { [capability]: { grant, targets } }) },
    });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #read(plugin: PluginKey): Choices {
    const stored = this.#stateOf(plugin).get(KEY);
    const key = ownerOf(plugin);
    const choices = isRecord(stored) ? ownValue(stored, key) : undefined;
    if (!isRecord(choices)) return {};
    const { isDisabled, grants } = choices;
    return {
      ...(isDisabled === true && { isDisabled }),
      ...(isRecord(grants) && {
        grants: Object.fromEntries(
          Object.entries(grants).flatMap(([name, grant]) => {
            const read = readGrant(grant);
            return read ? [[name, read]] : [];
          }),
        ),
      }),
    };
  }

  async #write(plugin: PluginIdentity, choices: Choices): Promise<void> {
    const state = this.#stateOf(plugin);
    const stored = state.get(KEY);
    const others = isRecord(stored) ? stored : {};
    await state.set(KEY, { ...others, [ownerOf(plugin)]: choices });
    this.#changed.fire();
  }

  #stateOf({ origin }: PluginKey): StateService {
    return origin === 'workspace' ? this.#workspace : this.#user;
  }
}

function readGrant(value: unknown): StoredGrant | undefined {
  if (!isRecord(value)) return undefined;
  const { grant, targets } = value;
  if ((grant !== 'allowed' && grant !== 'denied') || !Array.isArray(targets)) return undefined;
  return { grant, targets: targets.filter(target => typeof target === 'string') };
}
