import type { CatalogService, StateService } from '../../src/api';
import { Emitter, silentLogger } from '../../src/base';
import { StarredEntities } from '../../src/features/catalog/core/identity';
import { CatalogSettings, CatalogTable } from '../../src/features/catalog/core/pages';
import { EntityViews } from '../../src/features/plugins/core';
import { catalogQuery } from '../../src/features/portal/protocol/validation';

export interface TestTable {
  readonly table: CatalogTable;
  readonly settings: CatalogSettings;
  readonly starred: StarredEntities;
  /** Replaces the refs that identify the user. */
  become(...refs: readonly string[]): void;
}

/** Returns the table of a catalog, for a user who is identified by refs. */
export function tableOf(
  catalog: CatalogService,
  kept = new Map<string, unknown>(),
  entityViews = new EntityViews({ logger: silentLogger, pluginOf: () => undefined }),
): TestTable {
  const state: StateService = {
    get: key => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
  };
  const changed = new Emitter<void>();
  let mine: readonly string[] = [];
  const identity = { getOwnershipRefs: () => mine, onDidChange: changed.event };
  const starred = new StarredEntities(state);
  const readQuery = (value: unknown): ReturnType<typeof catalogQuery.safeParse>['data'] =>
    catalogQuery.safeParse(value).data;
  const settings = new CatalogSettings({ state, readQuery });
  return {
    table: new CatalogTable({ catalog, entityViews, identity, starred, settings }),
    settings,
    starred,
    become(...refs) {
      mine = refs;
      changed.fire();
    },
  };
}
