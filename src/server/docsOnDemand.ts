import { onDemand } from '../base';
import type { LanguageProvider, TextRequest } from '../features/authoring/language';
import type { FileChange } from '../platform/core/ports';
import type { DocsLanguage } from './catalog/catalogSource';

const DOCS = /(?:\/mkdocs\.ya?ml|\.(?:markdown|mdown|mkdn|mkd|md))$/;

/** Loads what knows documentation when something is to be said of a page or config. */
export class DocsOnDemand implements DocsLanguage {
  readonly anyLanguage = true;
  #load: () => Promise<DocsLanguage>;
  #loaded: DocsLanguage | undefined;

  constructor(load: () => Promise<DocsLanguage>) {
    this.#load = onDemand(async () => (this.#loaded = await load()));
  }

  problems: LanguageProvider['problems'] = async request =>
    (await this.#for(request))?.problems?.(request) ?? [];

  codeActions: LanguageProvider['codeActions'] = async request =>
    (await this.#for(request))?.codeActions?.(request) ?? [];

  complete: LanguageProvider['complete'] = async request =>
    (await this.#for(request))?.complete?.(request) ?? { items: [], isIncomplete: false };

  definition: LanguageProvider['definition'] = async request =>
    (await this.#for(request))?.definition?.(request) ?? [];

  filesChanged(changes: readonly FileChange[]): boolean {
    return this.#loaded?.filesChanged(changes) ?? false;
  }

  prepareRename: DocsLanguage['prepareRename'] = async request =>
    (await this.#for(request))?.prepareRename(request);

  rename: DocsLanguage['rename'] = async (request, newName) =>
    (await this.#for(request))?.rename(request, newName);

  willMove: DocsLanguage['willMove'] = async (moves, request) =>
    (await this.#load()).willMove(moves, request);

  async #for({ text }: TextRequest): Promise<DocsLanguage | undefined> {
    return DOCS.test(text.uri) ? this.#load() : undefined;
  }
}
