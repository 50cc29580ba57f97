import type { TechDocsContent, TechDocsSite } from '../../src/api';
import { readHeading, SiteReader } from '../../src/features/techdocs/core';
import type { FileChange } from '../../src/platform/core/ports';
import { InMemoryFileSystem, fileUri } from './inMemoryFileSystem';
import { TestClock } from './testClock';

export interface SiteInMemoryOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly origin?: TechDocsSite['origin'];
  readonly repository?: ConstructorParameters<typeof SiteReader>[1]['repository'];
  /** Default: configs apply as in MkDocs. */
  readonly generator?: ConstructorParameters<typeof SiteReader>[1]['generator'];
}

/** A site in `/work/site` of the repository `/work`. Paths are relative to the site. */
export class SiteInMemory {
  readonly files: InMemoryFileSystem;
  readonly reader: SiteReader;

  constructor(
    files: Readonly<Record<string, string>>,
    { environment = {}, origin = 'mkdocs', repository, generator }: SiteInMemoryOptions = {},
  ) {
    this.files = new InMemoryFileSystem();
    for (const [path, text] of Object.entries(files)) this.files.write(absolute(path), text);
    const folder = at('');
    const site: TechDocsSite = {
      id: folder,
      name: 'site',
      folder,
      origin,
      entityRefs: [],
      sharedWith: [],
      config: origin === 'mkdocs' ? at('mkdocs.yml') : undefined,
    };
    this.reader = new SiteReader(site, {
      fileSystem: this.files,
      clock: new TestClock(),
      environment: new Map(Object.entries(environment)),
      readHeading,
      boundary: fileUri('/work'),
      repository,
      generator,
    });
  }

  async content(signal?: AbortSignal): Promise<TechDocsContent> {
    return (await this.reader.read(signal)).content;
  }

  /** Writes files, or deletes those without a text, and notifies the site. Returns whether it changed. */
  async change(texts: Readonly<Record<string, string | undefined>>): Promise<boolean> {
    const changes = Object.entries(texts).map(([path, text]): FileChange => {
      const isThere = this.files.paths().includes(absolute(path));
      if (text === undefined) this.files.remove(absolute(path));
      else this.files.write(absolute(path), text);
      const type = text === undefined ? 'deleted' : isThere ? 'changed' : 'created';
      return { type, uri: at(path) };
    });
    return this.reader.applyChanges(changes);
  }

  /** The navigation as lines, indented by its sections. */
  async nav(): Promise<readonly string[]> {
    const lines = (items: TechDocsContent['nav'], indent: string): readonly string[] =>
      items.flatMap(item => {
        if (item.type !== 'section') {
          const target = item.type === 'page' ? item.path : item.url;
          return [`${indent}${item.title} -> ${target}`];
        }
        return [`${indent}${item.title}`, ...lines(item.children, `${indent}  `)];
      });
    return lines((await this.content()).nav, '');
  }

  /** Problems as `code path:line:character-line:character message`. */
  async problems(): Promise<readonly string[]> {
    const { problems } = await this.content();
    return problems.map(({ code, severity, file, range: { start, end }, message }) => {
      const path = file?.replace(/^file:\/\/\/work\/(?:site\/)?/, '') ?? '';
      const from = `${start.line}:${start.character}`;
      return `${severity} ${code} ${path} ${from}-${end.line}:${end.character} ${message}`;
    });
  }
}

/** Returns the URI of a path, which is relative to the site or absolute. */
export function at(path: string): string {
  return fileUri(absolute(path));
}

function absolute(path: string): string {
  if (path === '') return '/work/site';
  return path.startsWith('/') ? path : `/work/site/${path}`;
}
