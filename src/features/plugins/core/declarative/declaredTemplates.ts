import type { TemplateProvider } from '../../../../api';
import { Emitter, isWithin, joinUri } from '../../../../base';
import type { FileChange, FileSystem } from '../../../../platform/core/ports';
import { baseOf, findFiles } from './findFiles';
import type { DeclaredPlugin } from './pluginFiles';

/** Software templates of a plugin without code. */
export class DeclaredTemplates implements TemplateProvider {
  readonly id: string;
  readonly title: string;
  readonly folder: string;
  readonly #patterns: readonly string[];
  readonly #fileSystem: FileSystem;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor({ declaration, folder }: DeclaredPlugin, fileSystem: FileSystem) {
    this.id = `${declaration.id}.templates`;
    this.title = declaration.title;
    this.folder = folder;
    this.#patterns = declaration.templates ?? [];
    this.#fileSystem = fileSystem;
  }

  async getFiles(): Promise<readonly string[]> {
    const found = new Set<string>();
    for (const pattern of this.#patterns) {
      for (const path of await findFiles(this.folder, pattern, this.#fileSystem)) {
        found.add(joinUri(this.folder, path));
      }
    }
    return [...found];
  }

  applyChanges(changes: readonly FileChange[]): void {
    const bases = this.#patterns.map(pattern => {
      const base = baseOf(pattern);
      return base === '' ? this.folder : joinUri(this.folder, base);
    });
    const isOurs = ({ uri }: FileChange): boolean =>
      bases.some(base => isWithin(base, uri) || isWithin(uri, base));
    if (changes.some(isOurs)) this.#changed.fire();
  }
}
