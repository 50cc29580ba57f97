import type { JsonObject } from '../../../../model';

/** An error as the server records and serves it: why an entity, or a new version of it, is not there. */
export interface ServerError {
  /** `InputError`, `NotFoundError` … */
  readonly name: string;
  readonly message: string;
  readonly cause?: { readonly name: string; readonly message: string };
}

/** An error that wraps another says so in its own message. Source: `CustomErrorBase`. */
export function serverError(
  name: string,
  message: string,
  cause?: { readonly name: string; readonly message: string },
): ServerError {
  if (!cause) return { name, message };
  return { name, message: `${message}; caused by ${cause.name}: ${cause.message}`, cause };
}

/** The `status` of an entity that kept an older version. Source: `performStitching`. */
export function statusOf(errors: readonly ServerError[]): JsonObject {
  return {
    items: errors.map(({ name, message, cause }) => ({
      type: 'backstage.io/catalog-processing',
      level: 'error',
      message: `${name}: ${message}`,
      error: { name, message, ...(cause && { cause: { ...cause } }) },
    })),
  };
}
