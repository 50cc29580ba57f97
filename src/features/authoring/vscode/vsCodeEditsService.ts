import type { CatalogService, EditsService } from '../../../api';

/** Edits are rare: what makes them is loaded with the first. */
export class VsCodeEditsService implements EditsService {
  #catalog: CatalogService;
  #edits: Promise<EditsService> | undefined;

  constructor(catalog: CatalogService) {
    this.#catalog = catalog;
  }

  async apply(...args: Parameters<EditsService['apply']>): Promise<boolean> {
    return (await this.#load()).apply(...args);
  }

  async preview(...args: Parameters<EditsService['preview']>): ReturnType<EditsService['preview']> {
    return (await this.#load()).preview(...args);
  }

  async setFields(
    ...args: Parameters<EditsService['setFields']>
  ): ReturnType<EditsService['setFields']> {
    return (await this.#load()).setFields(...args);
  }

  async replaceValue(...args: Parameters<EditsService['replaceValue']>): Promise<void> {
    return (await this.#load()).replaceValue(...args);
  }

  async ignoreProblem(...args: Parameters<EditsService['ignoreProblem']>): Promise<void> {
    return (await this.#load()).ignoreProblem(...args);
  }

  #load(): Promise<EditsService> {
    return (this.#edits ??= this.#open());
  }

  async #open(): Promise<EditsService> {
    const { VsCodeEdits } = await import('./vsCodeEdits');
    return new VsCodeEdits(this.#catalog);
  }
}
