import type { JsonObject } from '../../../../model';

/** An error that the server records for an entity. */
export interface ServerError {
  /** Name of the error class: `InputError`, `NotFoundError` … */
  readonly name: string;
  readonly message: string;
  readonly cause?: { readonly name: string; readonly message: string };
}

/** Creates an error; a cause is repeated in its message. Source: `CustomErrorBase`. */
export function serverError(
  name: string,
  message: string,
  cause?: { readonly name: string; readonly message: string },
): ServerError {
  if (!cause) return { name, message };
  return { name, message: `${message}; caused by ${cause.name}: ${cause.message}`, cause };
}

/** Creates the `status` of an entity that kept a previous version. Source: `performStitching`. */
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
