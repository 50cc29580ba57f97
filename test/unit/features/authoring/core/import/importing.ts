import type {
  DescriptorDraft,
  DraftOptions,
  ImportCandidate,
  ImportService,
} from '../../../../../../src/api';
import { createImportService } from '../../../../../../src/features/authoring/core/import';
import { readCatalogOptions } from '../../../../../../src/features/catalog/core';
import { openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

/** An importer on files in memory below `/work`. */
export interface Importing {
  readonly catalog: TestCatalog;
  readonly importer: ImportService;
  candidates(): Promise<readonly ImportCandidate[]>;
  /** `path: evidence`, with whether it is suggested and covered. */
  listed(): Promise<readonly string[]>;
  /** Drafts of all suggestions, or of those paths. */
  draft(
    options?: DraftOptions & { paths?: readonly string[] },
  ): Promise<readonly DescriptorDraft[]>;
  /** Writes drafts and refreshes the catalog; returns the resulting errors. */
  errorsAfter(drafts: readonly DescriptorDraft[]): Promise<readonly string[]>;
}

export async function importing(
  files: Readonly<Record<string, string>>,
  {
    settings = {},
    roots = ['work'],
  }: { settings?: Readonly<Record<string, unknown>>; roots?: readonly string[] } = {},
): Promise<Importing> {
  const { options } = readCatalogOptions(key => settings[key]);
  const catalog = await openCatalog(files, { roots, options });
  const importer = createImportService({
    fileSystem: catalog.files,
    clock: catalog.clock,
    catalog: catalog.engine,
  });
  const candidates = async (): Promise<readonly ImportCandidate[]> =>
    (await importer.findCandidates()).candidates;
  return {
    catalog,
    importer,
    candidates,
    listed: async () =>
      (await candidates()).map(({ path, evidence, coveredBy, isSuggested }) => {
        const types = evidence.map(({ type }) => type).join(' ');
        const covered = coveredBy === undefined ? '' : ` covered by ${pathOf(coveredBy)}`;
        return `${isSuggested ? '+' : '-'} ${path}: ${types}${covered}`;
      }),
    async draft({ paths, ...options } = {}) {
      const chosen = (await candidates()).filter(({ path, isSuggested }) =>
        paths ? paths.includes(path) : isSuggested,
      );
      return importer.draft(chosen, options);
    },
    async errorsAfter(drafts) {
      await catalog.write(
        Object.fromEntries(drafts.map(({ file, text }) => [pathOf(file, '/'), text])),
      );
      return catalog
        .problems()
        .filter(({ severity }) => severity === 'error')
        .map(({ message }) => message);
    },
  };
}

function pathOf(uri: string, from = '/work/'): string {
  return decodeURIComponent(uri.replace('file://', '')).slice(from === '/' ? 0 : from.length);
}
