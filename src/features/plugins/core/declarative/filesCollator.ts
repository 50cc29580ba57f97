import type {
  SearchChangeEvent,
  SearchCollator,
  SearchDocument,
  SearchSource,
} from '../../../../api';
import { basenameUri, dirnameUri, Emitter, isWithin, joinUri } from '../../../../base';
import { readWithin } from '../../../../platform/core/files';
import type { FileChange, FileSystem } from '../../../../platform/core/ports';
import type { DeclaredSearch } from './declaration';
import { baseOf, findFiles } from './findFiles';

/** Maximum size of a file, in bytes. */
const MAX_SIZE = 1024 * 1024;

export interface FilesCollatorDeps {
  readonly search: DeclaredSearch;
  /** URI of the folder that the glob is relative to. */
  readonly folder: string;
  readonly fileSystem: FileSystem;
  /** Returns the entities whose descriptors are in a folder: full refs. */
  readonly entitiesIn: (folder: string) => readonly string[];
}

/** Collator of text files, such as runbooks: one document per file. */
export class FilesCollator implements SearchCollator {
  readonly id: string;
  readonly title: string;
  readonly icon: string;
  readonly #deps: FilesCollatorDeps;
  readonly #changed = new Emitter<SearchChangeEvent>();

  readonly onDidChange = this.#changed.event;

  constructor(deps: FilesCollatorDeps) {
    const { id, title, icon = 'file-text' } = deps.search;
    this.id = id;
    this.title = title;
    this.icon = icon;
    this.#deps = deps;
  }

  async getSources(signal: AbortSignal): Promise<readonly SearchSource[]> {
    const { search, folder, fileSystem } = this.#deps;
    const paths = await findFiles(folder, search.files, fileSystem, signal);
    const sources: SearchSource[] = [];
    for (const path of paths) {
      const uri = joinUri(folder, path);
      const stat = await fileSystem.stat(uri).catch(() => undefined);
      // An unsaved text has no age, so it is read again.
      const isDated = stat !== undefined && stat.mtime > 0;
      sources.push({ id: uri, ...(isDated && { stamp: `${stat.mtime} ${stat.size}` }) });
    }
    return sources;
  }

  async collate(source: string): Promise<readonly SearchDocument[]> {
    const { folder, fileSystem } = this.#deps;
    const read = await readWithin(fileSystem, { uri: source, boundary: folder, maxSize: MAX_SIZE });
    if (read.type !== 'text') return [];
    const name = basenameUri(source);
    const heading = /^#[ \t]+(\S.*)$/m.exec(read.text)?.[1]?.trim();
    const ref = this.#entityOf(source);
    return [
      {
        id: source,
        title: heading ?? name,
        names: [name],
        text: withoutMarkup(read.text),
        location: { file: source },
        ...(ref !== undefined && { ref }),
      },
    ];
  }

  /** Called with changes of files. */
  applyChanges(changes: readonly FileChange[]): void {
    const { search, folder } = this.#deps;
    const base = joinUri(folder, baseOf(search.files));
    const isTouched = changes.some(({ uri }) => isWithin(base, uri) || isWithin(uri, base));
    if (isTouched) this.#changed.fire({ sources: undefined });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** Returns the only entity of the nearest folder that has descriptors. */
  #entityOf(file: string): string | undefined {
    const { folder, entitiesIn } = this.#deps;
    for (let around = dirnameUri(file); isWithin(folder, around); around = dirnameUri(around)) {
      const refs = entitiesIn(around);
      if (refs.length) return refs.length === 1 ? refs[0] : undefined;
      if (around === folder) break;
    }
    return undefined;
  }
}

/** Returns Markdown as text to search: without markers of headings, lists, quotes and code. */
function withoutMarkup(text: string): string {
  return text
    .split('\n')
    .map(line => line.replace(/^[ \t]*(?:#{1,6}|[-*+>]|```\w*)(?=[ \t]|$)/, '').replaceAll('`', ''))
    .join('\n');
}
