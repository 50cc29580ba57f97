import type { LoadedTemplate, TemplateProvider } from '../../../../api';
import { errorMessage, isWithin, type Logger } from '../../../../base';
import { decodeText } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import { resolveTemplate } from './findTemplate';
import { templateSummary, writtenTemplates } from './readTemplate';

/** Maximum number of files of a provider, and their maximum size in bytes. */
const MAX_FILES = 200;
const MAX_SIZE = 1024 * 1024;

export interface ProvidedTemplatesDeps {
  readonly fileSystem: FileSystem;
  readonly provided: () => Iterable<TemplateProvider>;
  readonly logger: Logger;
}

/** A template of a plugin, without what only an engine knows. */
export type ProvidedTemplate = Omit<LoadedTemplate, 'actions'>;

/** Templates that plugins bring along. */
export class ProvidedTemplates {
  readonly #deps: ProvidedTemplatesDeps;

  constructor(deps: ProvidedTemplatesDeps) {
    this.#deps = deps;
  }

  /** Reads all templates. The first of a ref wins. Files that can't be used are logged and skipped. */
  async load(): Promise<readonly ProvidedTemplate[]> {
    const found = new Map<string, ProvidedTemplate>();
    for (const provider of this.#deps.provided()) {
      for (const template of await this.#loadFrom(provider)) {
        if (!found.has(template.ref)) found.set(template.ref, template);
      }
    }
    return [...found.values()];
  }

  /** Returns the folder (a URI) whose files a template may read; undefined if it isn't of a plugin. */
  folderOf({ file, plugin }: Pick<LoadedTemplate, 'file' | 'plugin'>): string | undefined {
    if (plugin === undefined) return undefined;
    for (const { folder } of this.#deps.provided()) if (isWithin(folder, file)) return folder;
    return undefined;
  }

  async #loadFrom(provider: TemplateProvider): Promise<readonly ProvidedTemplate[]> {
    const { logger } = this.#deps;
    const { title, folder } = provider;
    try {
      const files = (await provider.getFiles()).filter(file => isWithin(folder, file));
      const templates: ProvidedTemplate[] = [];
      for (const file of files.slice(0, MAX_FILES)) {
        templates.push(...(await this.#read(file, provider)));
      }
      return templates;
    } catch (error) {
      logger.error(`Can't list the templates of ${title}`, error);
      return [];
    }
  }

  async #read(
    file: string,
    { title: plugin, folder: boundary }: TemplateProvider,
  ): Promise<readonly ProvidedTemplate[]> {
    const { fileSystem, logger } = this.#deps;
    try {
      const size = (await fileSystem.stat(file))?.size ?? 0;
      if (size > MAX_SIZE) throw new Error(`it is larger than ${MAX_SIZE} bytes`);
      const templates: ProvidedTemplate[] = [];
      for (const written of writtenTemplates(decodeText(await fileSystem.readFile(file)))) {
        const { ref, entity } = await resolveTemplate(written, { file, boundary, fileSystem });
        const summary = templateSummary(entity, { ref, file, isShipped: false });
        templates.push({ ...summary, plugin, entity });
      }
      return templates;
    } catch (error) {
      logger.warn(`Can't read the template ${file} of ${plugin}: ${errorMessage(error)}`);
      return [];
    }
  }
}
