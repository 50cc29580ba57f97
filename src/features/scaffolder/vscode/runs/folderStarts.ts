import type {
  CatalogSources,
  ImportService,
  LoadedTemplate,
  TemplateInstance,
} from '../../../../api';
import { errorMessage, type Logger } from '../../../../base';
import type { JsonObject } from '../../../../model';
import { recordAt } from '../../../../model/json';
import { proposedValues } from '../../../authoring/core/import';

interface FolderStartsDeps {
  readonly importer: ImportService;
  readonly logger: Logger;
}

interface FolderStart {
  /** URI. */
  readonly folder: string;
  readonly isOfFolder: boolean;
  readonly values: JsonObject;
}

/** The folders that templates were started on, until something is made of it. */
export class FolderStarts {
  readonly #deps: FolderStartsDeps;
  /** By the refs of templates. */
  readonly #starts = new Map<string, FolderStart>();

  constructor(deps: FolderStartsDeps) {
    this.#deps = deps;
  }

  /** @param folder - URI; undefined: it was not started on one */
  async start({ ref, entity }: LoadedTemplate, folder: string | undefined): Promise<void> {
    this.#starts.delete(ref);
    if (folder === undefined) return;
    const isDescribed = isOfFolder(entity);
    const values = isDescribed ? await this.#found(entity, folder) : {};
    this.#starts.set(ref, { folder, isOfFolder: isDescribed, values });
  }

  /** What a form begins with. */
  valuesOf(ref: string): JsonObject {
    return this.#starts.get(ref)?.values ?? {};
  }

  /** Where the files go, and whether that is the folder itself. */
  placeOf(ref: string): Pick<FolderStart, 'folder' | 'isOfFolder'> | undefined {
    return this.#starts.get(ref);
  }

  /** Something has come of it. */
  forget(ref: string): void {
    this.#starts.delete(ref);
  }

  /** Who is not helped by it fills the form in. */
  async #found(template: JsonObject, folder: string): Promise<JsonObject> {
    const { importer, logger } = this.#deps;
    try {
      const { candidates } = await importer.findCandidates();
      // One in which nothing says what it is has a name all the same.
      const bare = { folder, path: '', evidence: [], coveredBy: undefined, isSuggested: true };
      const candidate = candidates.find(other => other.folder === folder) ?? bare;
      const [draft] = await importer.draft([candidate]);
      return draft ? await proposedValues(template, draft) : {};
    } catch (error) {
      logger.warn(`${folder}: ${errorMessage(error)}`);
      return {};
    }
  }
}

/** Says in the annotations of a Template that its form begins with what a folder says of itself. */
const ANNOTATION = 'callboard.dev/fill-from';

/** Whether a Template describes the folder that it is started on, into which its files go then. */
function isOfFolder(template: JsonObject): boolean {
  return recordAt(recordAt(template, 'metadata'), 'annotations')[ANNOTATION] === 'folder';
}

/** The Backstage whose catalog a file (a URI) is a copy of; undefined for files of anything else. */
export function instanceOf(
  file: string,
  sources: Pick<CatalogSources, 'getSourceOf'>,
): TemplateInstance | undefined {
  const source = sources.getSourceOf(file);
  if (source?.type !== 'backstage') return undefined;
  const { id, name, url } = source;
  return { id, name, url };
}
