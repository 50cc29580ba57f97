import type { ImportService, LoadedTemplate } from '../../api';
import { basenameUri, errorMessage, type Logger } from '../../base';
import type { JsonObject } from '../../model';
import { isOfFolder, proposedValues } from '../../core/scaffolder';

export interface FolderStartsDeps {
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
      const evidence = [{ type: 'folder', uri: folder }];
      const path = basenameUri(folder);
      const candidate = candidates.find(other => other.folder === folder) ?? {
        ...{ folder, path, evidence, coveredBy: undefined, isSuggested: true },
      };
      const [draft] = await importer.draft([candidate]);
      return draft ? proposedValues(template, draft) : {};
    } catch (error) {
      logger.warn(`What is in ${folder} could not be told: ${errorMessage(error)}`);
      return {};
    }
  }
}
