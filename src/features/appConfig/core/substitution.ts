import type { Environment } from '../../../platform/core/ports';

/** The value of a variable as Backstage takes it into its config. */
export function variable(environment: Environment, name: string): string | undefined {
  return environment.get(name)?.trim();
}

/** What a text is once its `${VARIABLE}`s are replaced, and which of them are not set. */
export interface Substitution {
  /** Undefined where a variable without a fallback is not set. */
  readonly value: string | undefined;
  readonly unset: readonly string[];
  /** Values of variables in it, by their names. */
  readonly used: ReadonlyMap<string, string>;
}

/**
 * Replaces `${NAME}` and `${NAME:-fallback}`; `$${NAME}` stands for `${NAME}` itself. An empty
 * variable has the fallback, too, and an empty fallback is none.
 * Source: `createSubstitutionTransform` of `packages/config-loader`.
 */
export function substitute(text: string, environment: Environment): Substitution {
  const unset: string[] = [];
  const used = new Map<string, string>();
  const value = text.replace(/\$?\$\{[^{}]*\}/g, written => {
    if (written.startsWith('$$')) return written.slice(1);
    const separator = written.indexOf(':-');
    const name = written.slice(2, separator < 0 ? -1 : separator).trim();
    const fallback = separator < 0 ? '' : written.slice(separator + 2, -1).trim();
    const found = variable(environment, name);
    if (separator < 0 ? found !== undefined : found) {
      used.set(name, found ?? '');
      return found ?? '';
    }
    if (fallback) return fallback;
    unset.push(name);
    return '';
  });
  return { value: unset.length ? undefined : value, unset, used };
}
