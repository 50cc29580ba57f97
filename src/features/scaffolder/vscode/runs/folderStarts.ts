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
  readonly describesFolder: boolean;
  readonly values: JsonObject;
}

/** Folders that templates were started on, until they are run. */
export class FolderStarts {
  readonly #deps: FolderStartsDeps;
  /** By the template's ref. */
  readonly #starts = new Map<string, FolderStart>();

  constructor(deps: FolderStartsDeps) {
    this.#deps = deps;
  }

  /** @param folder - URI, or undefined if it was not started on a folder */
  async start({ ref, entity }: LoadedTemplate, folder: string | undefined): Promise<void> {
    this.#starts.delete(ref);
    if (folder === undefined) return;
    const isDescribed = describesFolder(entity);
    const values = isDescribed ? await this.#suggestedValues(entity, folder) : {};
    this.#starts.set(ref, { folder, describesFolder: isDescribed, values });
  }

  /** Initial values of the form. */
  valuesOf(ref: string): JsonObject {
    return this.#starts.get(ref)?.values ?? {};
  }

  /** Target folder, and whether it is the described folder itself. */
  placeOf(ref: string): Pick<FolderStart, 'folder' | 'describesFolder'> | undefined {
    return this.#starts.get(ref);
  }

  /** Removes the start after a run. */
  forget(ref: string): void {
    this.#starts.delete(ref);
  }

  /** Values that the folder suggests. Empty on errors. */
  async #suggestedValues(template: JsonObject, folder: string): Promise<JsonObject> {
    const { importer, logger } = this.#deps;
    try {
      const { candidates } = await importer.findCandidates();
      // A folder without evidence still has a name.
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

/** Annotation of Templates whose form is filled in from a folder. */
const ANNOTATION = 'callboard.dev/fill-from';

/** Whether a Template describes the folder that it was started on, which is then its target. */
function describesFolder(template: JsonObject): boolean {
  return recordAt(recordAt(template, 'metadata'), 'annotations')[ANNOTATION] === 'folder';
}

/** The Backstage whose catalog contains a file (a URI), if any. */
export function instanceOf(
  file: string,
  sources: Pick<CatalogSources, 'getSourceOf'>,
): TemplateInstance | undefined {
  const source = sources.getSourceOf(file);
  if (source?.type !== 'backstage') return undefined;
  const { id, name, url } = source;
  return { id, name, url };
}
