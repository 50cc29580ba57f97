import type { CatalogProcessor, Entity } from '@callboard/api';

/** The URL of an entity's runbook: its first http or https link of type `runbook`. */
export function findRunbook({ metadata }: Entity): string | undefined {
  const links: readonly unknown[] = Array.isArray(metadata['links']) ? metadata['links'] : [];
  return links
    .filter(isRecord)
    .filter(({ type }) => type === 'runbook')
    .map(({ url }) => url)
    .find(url => typeof url === 'string' && /^https?:\/\//i.test(url)) as string | undefined;
}

/** Reports services in production without a runbook. */
export const runbookProcessor: CatalogProcessor = {
  getProcessorName: () => 'RunbookProcessor',
  postProcessEntity(entity, emit) {
    const { kind, metadata, spec } = entity;
    if (kind !== 'Component' || spec?.['type'] !== 'service') return;
    if (spec['lifecycle'] !== 'production' || findRunbook(entity) !== undefined) return;
    emit.problem({
      code: 'missing-runbook',
      severity: 'warning',
      message: `${metadata.name} is in production but has no link of type "runbook"`,
      path: ['metadata', 'name'],
    });
  },
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
