import type { CatalogProcessor, Entity } from 'callboard';

/** The address of an entity's runbook: that of its first link of the type `runbook` that leads into the web. */
export function findRunbook({ metadata }: Entity): string | undefined {
  const links: readonly unknown[] = Array.isArray(metadata['links']) ? metadata['links'] : [];
  return links
    .filter(isRecord)
    .filter(({ type }) => type === 'runbook')
    .map(({ url }) => url)
    .find(url => typeof url === 'string' && /^https?:\/\//i.test(url)) as string | undefined;
}

/** Whoever is woken at night has something to go by. */
export const runbookProcessor: CatalogProcessor = {
  getProcessorName: () => 'RunbookProcessor',
  postProcessEntity(entity, emit) {
    const { kind, metadata, spec } = entity;
    if (kind !== 'Component' || spec?.['type'] !== 'service') return;
    if (spec['lifecycle'] !== 'production' || findRunbook(entity) !== undefined) return;
    emit.problem({
      code: 'missing-runbook',
      severity: 'warning',
      message: `${metadata.name} is in production and has no link of the type "runbook"`,
      path: ['metadata', 'name'],
    });
  },
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
