import type { Problem } from '../../../../model';
import type { KindSchema } from './kindSchema';

/** Schemas by the path that the setting names them with. Plain data: it crosses process lines. */
export type KindSchemas = Readonly<Record<string, KindSchema>>;

/** What the schema files of custom kinds give: those that can be used, and what is wrong with others. */
export interface LoadedSchemas {
  readonly schemas: KindSchemas;
  readonly problems: readonly Problem[];
  /** URIs of all files that were read, or would be if they existed. */
  readonly dependencies: ReadonlySet<string>;
}

export const noSchemas: LoadedSchemas = {
  schemas: {},
  problems: [],
  dependencies: new Set(),
};
