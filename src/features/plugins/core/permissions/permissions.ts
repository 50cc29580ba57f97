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
 * Decides what plugins of others may do through the API: what they declare, with the user's permission. Records each
 * use.
 */
export class Permissions {
  readonly #deps: PermissionsDeps;
  /** Questions without an answer, by plugin and capability. */
  readonly #pending = new Map<string, Promise<boolean | undefined>>();

  constructor(deps: PermissionsDeps) {
    this.#deps = deps;
  }

  /** @throws PermissionError */
  demand(
    plugin: PluginIdentity,
    activity: PluginActivity,
    request: CapabilityRequest,
  ): Promise<void> {
    return recordUse(activity, request, async () => {
      assertDeclared(plugin, request);
      await this.#assertGranted(plugin, request);
    });
  }

  async #assertGranted(plugin: PluginIdentity, request: CapabilityRequest): Promise<void> {
    const { choices, translate } = this.#deps;
    const { capability } = request;
    const grant = choices.grantOf(plugin, capability);
    if (grant === 'allowed') return;
    if (grant === undefined && (await this.#ask(plugin, request))) return;
    throw new PermissionError(
      translate(
        'Plugin "{0}" isn\'t allowed to use the capability "{1}".',
        plugin.title,
        capability,
      ),
      translate('Allow it in the Plugins view.'),
    );
  }

  /** Asks one question for all requests. A dismissed question isn't asked again in this window. */
  #ask(plugin: PluginIdentity, request: CapabilityRequest): Promise<boolean | undefined> {
    const { ask, choices } = this.#deps;
    const key = JSON.stringify([plugin.id, plugin.extension, request.capability]);
    let answer = this.#pending.get(key);
    if (!answer) {
      answer = ask(plugin, request).then(async isAllowed => {
        if (isAllowed === undefined) return undefined;
        await choices.setGrant(plugin, request.capability, isAllowed ? 'allowed' : 'denied');
        this.#pending.delete(key);
        return isAllowed;
      });
      this.#pending.set(key, answer);
    }
    return answer;
  }
}

/** Allows plugins what they declare. */
export const declaredPermissions: Pick<Permissions, 'demand'> = {
  demand: (plugin, activity, request) =>
    recordUse(activity, request, async () => assertDeclared(plugin, request)),
};

/** Records a use of a capability, as refused if the check rejects. */
async function recordUse(
  activity: PluginActivity,
  { capability, detail, target }: CapabilityRequest,
  check: () => Promise<void>,
): Promise<void> {
  let isAllowed = false;
  try {
    await check();
    isAllowed = true;
  } finally {
    activity.addUse({ capability, detail: withTarget(detail, target), isAllowed });
  }
}

/** @throws PermissionError */
function assertDeclared(
  plugin: PluginIdentity,
  { capability, target }: Omit<CapabilityRequest, 'detail'>,
): void {
  const targets = targetsOf(plugin, capability);
  if (targets && (target === undefined || targets.some(known => covers(known, target)))) return;
  const { title } = plugin;
  throw new PermissionError(
    target === undefined
      ? `Plugin "${title}" doesn't declare the capability "${capability}". Its author must add it to "capabilities".`
      : `Plugin "${title}" doesn't declare "${target}" in the capability "${capability}". Its author must add it to "capabilities".`,
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
