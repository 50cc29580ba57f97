import {
  type CatalogService,
  type DescriptorDraft,
  getCompoundEntityRef,
  type ImportCandidate,
  isRecord,
  ownValue,
  shortenEntityRef,
  type Translate,
} from '../../../api';

/** A folder that can be imported. */
export interface ImportRow {
  readonly candidate: ImportCandidate;
  readonly label: string;
  readonly description: string;
  readonly isPicked: boolean;
}

/** The section of a row; sections are displayed one after the other. */
export type ImportSection = 'suggested' | 'covered' | 'other';

const evidenceLabels: Readonly<Record<string, string>> = {
  npm: 'npm',
  go: 'Go',
  maven: 'Maven',
  gradle: 'Gradle',
  cargo: 'Cargo',
  python: 'Python',
  dotnet: '.NET',
  docker: 'Docker',
  helm: 'Helm',
  mkdocs: 'MkDocs',
  openapi: 'OpenAPI',
  asyncapi: 'AsyncAPI',
  graphql: 'GraphQL',
  grpc: 'gRPC',
  git: 'Git',
};

/**
 * Returns rows for import candidates, by section: suggestions, folders that a descriptor may cover already, and others,
 * such as fixtures and roots of repositories with several components.
 *
 * @param displayPath - returns the displayed path of a URI
 */
export function importRows(
  candidates: readonly ImportCandidate[],
  { translate, displayPath }: { translate: Translate; displayPath: (uri: string) => string },
): ReadonlyMap<ImportSection, readonly ImportRow[]> {
  const sections = new Map<ImportSection, ImportRow[]>([
    ['suggested', []],
    ['covered', []],
    ['other', []],
  ]);
  for (const candidate of candidates) {
    const { path, evidence, coveredBy, isSuggested } = candidate;
    const types = [
      ...new Set(evidence.map(({ type }) => ownValue(evidenceLabels, type) ?? type)),
    ].join(', ');
    sections.get(sectionOf(candidate))?.push({
      candidate,
      label: path,
      description:
        coveredBy === undefined
          ? types
          : translate('{0} · possibly covered by {1}', types, displayPath(coveredBy)),
      isPicked: isSuggested,
    });
  }
  return sections;
}

function sectionOf({ isSuggested, coveredBy }: ImportCandidate): ImportSection {
  if (isSuggested) return 'suggested';
  return coveredBy === undefined ? 'other' : 'covered';
}

/** Returns the folders of drafts without a known owner. */
export function ownerless(drafts: readonly DescriptorDraft[]): readonly string[] {
  return drafts.flatMap(({ folder, owner }) => (owner === undefined ? [folder] : []));
}

export interface OwnerRow {
  /** The value of `spec.owner`. */
  readonly owner: string;
  readonly title: string | undefined;
  readonly kind: 'group' | 'user';
}

/** Returns the groups of a catalog, then its users. */
export function ownerRows(catalog: Pick<CatalogService, 'getEntities'>): readonly OwnerRow[] {
  const filter = [[{ key: 'kind', values: ['Group', 'User'] }]];
  const rows = catalog.getEntities({ filter }).flatMap((entity): OwnerRow[] => {
    const kind = entity.kind.toLowerCase();
    if (kind !== 'group' && kind !== 'user') return [];
    const profile = entity.spec?.['profile'];
    const displayName = isRecord(profile) ? profile['displayName'] : undefined;
    const title = entity.metadata['title'] ?? displayName;
    const ref = { ...getCompoundEntityRef(entity), kind };
    const owner = shortenEntityRef(ref, { defaultKind: 'Group' });
    return [{ owner, title: typeof title === 'string' ? title : undefined, kind }];
  });
  return [
    ...rows.filter(({ kind }) => kind === 'group'),
    ...rows.filter(({ kind }) => kind === 'user'),
  ];
}
