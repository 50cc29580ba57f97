import type { Translate } from '../../../../base';
import type { PluginActivity } from '../pluginActivity';
import type { PluginChoices } from './pluginChoices';
import { type Capability, type PluginIdentity, targetsOf } from './pluginIdentity';

/** A use of a capability. */
export interface CapabilityRequest {
  readonly capability: Capability;
  /** Name of the action, such as `Set owner of orders`. */
  readonly detail: string;
  /** The host or program. */
  readonly target?: string;
}

export interface PermissionsDeps {
  readonly choices: Pick<PluginChoices, 'grantOf' | 'setGrant'>;
  /** Asks the user. Undefined if the user doesn't answer. */
  readonly ask: (
    plugin: PluginIdentity,
    request: CapabilityRequest,
  ) => Promise<boolean | undefined>;
  readonly translate: Translate;
}

/** A plugin isn't allowed to do something. */
export class PermissionError extends Error {
  override readonly name = 'PermissionError';
  /** Next step for the user. */
  readonly advice: string | undefined;

  constructor(message: string, advice?: string) {
    super(message);
    this.advice = advice;
  }
}

/**
 * Decides what plugins may do through the API, and records it. Built-in plugins may do what they
 * declare; others also need the user's permission, which is asked for once.
 */
export class Permissions {
  readonly #deps: PermissionsDeps;
  readonly #asking = new Map<string, Promise<boolean | undefined>>();

  constructor(deps: PermissionsDeps) {
    this.#deps = deps;
  }

  /** @throws PermissionError */
  async demand(
    plugin: PluginIdentity,
    activity: PluginActivity,
    request: CapabilityRequest,
  ): Promise<void> {
    const { capability, detail, target } = request;
    try {
      assertDeclared(plugin, request);
      if (plugin.origin !== 'builtin') await this.#assertGranted(plugin, request);
    } catch (error) {
      activity.addUse({ capability, detail: withTarget(detail, target), isAllowed: false });
      throw error;
    }
    activity.addUse({ capability, detail: withTarget(detail, target), isAllowed: true });
  }

  async #assertGranted(plugin: PluginIdentity, request: CapabilityRequest): Promise<void> {
    const { choices, translate } = this.#deps;
    const { capability } = request;
    const grant = choices.grantOf(plugin, capability);
    if (grant === 'allowed') return;
    if (grant === undefined && (await this.#ask(plugin, request))) return;
    throw new PermissionError(
      translate('Plugin "{0}" isn\'t allowed to use the capability "{1}".', plugin.id, capability),
      translate('Allow it in the Plugins view.'),
    );
  }

  /** Asks once, however many requests wait. No answer counts as one until the plugin is used in a new window. */
  #ask(plugin: PluginIdentity, request: CapabilityRequest): Promise<boolean | undefined> {
    const { ask, choices } = this.#deps;
    const key = JSON.stringify([plugin.id, plugin.extension, request.capability]);
    let asking = this.#asking.get(key);
    if (!asking) {
      asking = ask(plugin, request).then(async isAllowed => {
        if (isAllowed === undefined) return undefined;
        await choices.setGrant(plugin, request.capability, isAllowed ? 'allowed' : 'denied');
        this.#asking.delete(key);
        return isAllowed;
      });
      this.#asking.set(key, asking);
    }
    return asking;
  }
}

/** Allows plugins what they declare. */
export const declaredPermissions: Pick<Permissions, 'demand'> = {
  async demand(plugin, activity, request) {
    const { capability, detail, target } = request;
    let isAllowed = false;
    try {
      assertDeclared(plugin, request);
      isAllowed = true;
    } finally {
      activity.addUse({ capability, detail: withTarget(detail, target), isAllowed });
    }
  },
};

/** @throws PermissionError */
export function assertDeclared(
  plugin: PluginIdentity,
  { capability, target }: Omit<CapabilityRequest, 'detail'>,
): void {
  const targets = targetsOf(plugin, capability);
  if (targets && (target === undefined || targets.some(known => covers(known, target)))) return;
  const { id } = plugin;
  throw new PermissionError(
    target === undefined
      ? `Plugin "${id}" doesn't declare the capability "${capability}"`
      : `Plugin "${id}" doesn't declare "${target}" in the capability "${capability}"`,
  );
}

/** Whether a declared host or program covers another one. `*.acme.dev` covers its subdomains. */
function covers(declared: string, target: string): boolean {
  const [known, wanted] = [declared.toLowerCase(), target.toLowerCase()];
  return known.startsWith('*.') ? wanted.endsWith(known.slice(1)) : known === wanted;
}

function withTarget(detail: string, target: string | undefined): string {
  return target === undefined || detail.includes(target) ? detail : `${target}: ${detail}`;
}
