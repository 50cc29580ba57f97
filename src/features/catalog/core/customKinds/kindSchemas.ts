import type { Problem } from '../../../../model';
import type { KindSchema } from './kindSchema';

/** Schemas by their path in the setting. Plain data that is passed between processes. */
export type KindSchemas = Readonly<Record<string, KindSchema>>;

/** Loaded schemas of custom kinds, with problems of invalid ones. */
export interface LoadedSchemas {
  readonly schemas: KindSchemas;
  readonly problems: readonly Problem[];
  /** URIs of all files that were read, whether or not they exist. */
  readonly dependencies: ReadonlySet<string>;
}

export const noSchemas: LoadedSchemas = {
  schemas: {},
  problems: [],
  dependencies: new Set(),
};
