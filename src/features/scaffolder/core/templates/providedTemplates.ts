import type { LoadedTemplate, TemplateProvider } from '../../../../api';
import { Emitter, errorMessage, isWithin, type Logger } from '../../../../base';
import { readWithin } from '../../../../platform/core/files';
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

/** A template of a plugin. Only an engine knows its actions. */
export type ProvidedTemplate = Omit<LoadedTemplate, 'actions'>;

/** Templates of plugins. Their files are read once, and again when their provider reports a change. */
export class ProvidedTemplates {
  readonly #deps: ProvidedTemplatesDeps;
  readonly #loaded = new WeakMap<TemplateProvider, Promise<readonly ProvidedTemplate[]>>();
  readonly #followed = new WeakSet<TemplateProvider>();
  readonly #changed = new Emitter<void>();
  /** Fires when a provider reports a change. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: ProvidedTemplatesDeps) {
    this.#deps = deps;
  }

  /** Returns all templates. The first of a ref wins. Files that can't be used are logged and skipped. */
  async load(): Promise<readonly ProvidedTemplate[]> {
    const found = new Map<string, ProvidedTemplate>();
    for (const provider of this.#deps.provided()) {
      for (const template of await this.#templatesOf(provider)) {
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

  #templatesOf(provider: TemplateProvider): Promise<readonly ProvidedTemplate[]> {
    if (!this.#followed.has(provider)) {
      this.#followed.add(provider);
      provider.onDidChange?.(() => {
        this.#loaded.delete(provider);
        this.#changed.fire();
      });
    }
    let loaded = this.#loaded.get(provider);
    if (!loaded) {
      loaded = this.#loadFrom(provider);
      this.#loaded.set(provider, loaded);
    }
    return loaded;
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
      // The next request tries again.
      this.#loaded.delete(provider);
      return [];
    }
  }

  async #read(
    file: string,
    { title: plugin, folder: boundary }: TemplateProvider,
  ): Promise<readonly ProvidedTemplate[]> {
    const { fileSystem, logger } = this.#deps;
    try {
      const read = await readWithin(fileSystem, { uri: file, boundary, maxSize: MAX_SIZE });
      if (read.type === 'missing') return [];
      if (read.type === 'outside') throw new Error('it leads out of the folder of the plugin');
      if (read.type === 'failed') throw new Error(read.message);
      const templates: ProvidedTemplate[] = [];
      for (const written of writtenTemplates(read.text)) {
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
