import {
  createPortalPlugin,
  type PluginDeps,
  type PluginInit,
  type PortalPlugin,
} from '../../../api';

/** Names of the kinds of refs, for messages. */
export const refWords = { service: 'service', 'extension-point': 'extension point' } as const;

export type RefKind = keyof typeof refWords;

export function describeRef(kind: RefKind, id: string): string {
  return `${refWords[kind]} "${id}"`;
}

/** @throws TypeError */
export function assertIsPlugin(plugin: PortalPlugin): void {
  // Plugins come from other extensions, perhaps in JavaScript, so their types aren't guaranteed.
  const value: Partial<PortalPlugin> | undefined = isObject(plugin) ? plugin : undefined;
  if (
    value?.$$type !== 'portal-plugin' ||
    typeof value.id !== 'string' ||
    typeof value.register !== 'function'
  ) {
    throw new TypeError('Not a plugin. Create it with createPortalPlugin().');
  }
  // Throws for an invalid id.
  createPortalPlugin({ id: value.id, register() {} });
}

/** @throws TypeError */
export function assertIsInit(init: PluginInit<PluginDeps>): void {
  const value: Partial<PluginInit<PluginDeps>> = isObject(init) ? init : {};
  if (!isObject(value.deps) || typeof value.init !== 'function') {
    throw new TypeError('registerInit() requires { deps, init }');
  }
  for (const [name, ref] of Object.entries<unknown>(value.deps)) {
    const isRef = isObject(ref) && 'id' in ref && '$$type' in ref && String(ref.$$type) in refWords;
    if (!isRef) throw new TypeError(`Dependency "${name}" must be a service or an extension point`);
  }
}

/**
 * Checks that a plugin's contribution has what is called `what` in the message.
 *
 * @throws TypeError
 */
export function assertHas(
  part: unknown,
  what: string,
  {
    texts = ['id', 'title'],
    methods = [],
  }: { readonly texts?: readonly string[]; readonly methods?: readonly string[] },
): asserts part is Readonly<Record<string, unknown>> {
  if (!isObject(part)) throw new TypeError(`A ${what} must be an object`);
  for (const name of texts) {
    const value: unknown = Reflect.get(part, name);
    if (typeof value !== 'string' || value === '') {
      throw new TypeError(`A ${what} must have a string "${name}"`);
    }
  }
  for (const name of methods) {
    if (typeof Reflect.get(part, name) !== 'function') {
      throw new TypeError(`A ${what} must have ${name}()`);
    }
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return isObject(value) && 'then' in value && typeof value.then === 'function';
}
