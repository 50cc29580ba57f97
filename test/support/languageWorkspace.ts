import { dirnameUri } from '../../src/base';
import {
  type CodeActionRequest,
  type LanguageContext,
  MirrorCatalog,
  type PositionRequest,
  type TextRequest,
  YamlText,
} from '../../src/features/authoring/language';
import { openKinds } from '../../src/features/catalog/core';
import { CatalogFeed } from '../../src/features/catalog/core/feed';
import { KindRegistry } from '../../src/model/validation';
import { type EditedTexts, OverlayFileSystem } from '../../src/platform/core/files';
import { at, openCatalog, type TestCatalog, type TestCatalogOptions } from './testCatalog';

/**
 * A workspace for language features: files in memory, read by the real engine, whose catalog is
 * mirrored as in the language server. Paths are relative to `/work`.
 */
export class LanguageWorkspace implements EditedTexts {
  readonly catalog: TestCatalog;
  readonly mirror = new MirrorCatalog();
  readonly context: LanguageContext;
  #open = new Map<string, YamlText>();
  #feed: CatalogFeed;
  #settled: Promise<void>;
  #flush: () => void = () => undefined;

  constructor(catalog: TestCatalog) {
    this.catalog = catalog;
    const { engine, clock, files } = catalog;
    this.mirror.kinds = KindRegistry.builtin().withCustomKinds(engine.options.customKinds);
    this.#settled = new Promise(resolve => (this.#flush = resolve));
    this.#feed = new CatalogFeed({
      engine,
      clock,
      send: (rows, { isFirst }) => {
        if (isFirst) this.mirror.clear();
        // Copied through JSON, as in a message.
        this.mirror.update(structuredClone(rows));
      },
      completed: ({ isReady }) => {
        this.mirror.isReady = isReady;
        for (const uri of this.#open.keys()) {
          this.mirror.setProblems(uri, engine.getProblems({ file: uri }));
        }
        this.#flush();
      },
    });
    this.context = {
      catalog: this.mirror,
      files: new OverlayFileSystem(files, this),
      boundaryOf: () => at(''),
      openText: uri => this.#open.get(uri),
      edits: {
        hasDocumentChanges: true,
        canCreateFiles: true,
        canRenameFiles: true,
        hasAnnotations: true,
      },
    };
  }

  getText(uri: string): string | undefined {
    return this.#open.get(uri)?.text;
  }

  /** Resolves when the mirror has received all changes. */
  whenSettled(): Promise<void> {
    return this.#settled;
  }

  /** Writes files as `TestCatalog.write` does, and waits until the mirror is updated. */
  async write(texts: Readonly<Record<string, string>>): Promise<void> {
    this.#settled = new Promise(resolve => (this.#flush = resolve));
    await this.catalog.write(texts);
    await this.catalog.engine.whenInspected();
    // An undetectable change has no event.
    this.#feed.restart();
    await this.#settled;
  }

  /** Writes files and notifies the mirror only of changes. */
  async edit(texts: Readonly<Record<string, string>>): Promise<void> {
    await this.catalog.write(texts);
    // The feed has the changes, and runs without pauses because the clock stands still.
    await new Promise(resolve => setTimeout(resolve, 0));
  }

  /** Opens a file with its text on the disk, or with an unsaved text, which the catalog doesn't have. */
  open(path: string, text = this.catalog.files.textOf(`/work/${path}`)): TextRequest {
    const uri = at(path);
    const before = this.#open.get(uri);
    const opened = new YamlText({ uri, version: (before?.version ?? 0) + 1, text }, before);
    this.#open.set(uri, opened);
    this.mirror.setProblems(uri, this.catalog.engine.getProblems({ file: uri }));
    return { context: this.context, text: opened, signal: new AbortController().signal };
  }

  /** Opens a file with a text in which `<|>` marks the cursor. */
  cursor(path: string, markedText: string): PositionRequest {
    const offset = markedText.indexOf('<|>');
    if (offset < 0) throw new Error('There is no <|> in the text');
    const text = `${markedText.slice(0, offset)}${markedText.slice(offset + '<|>'.length)}`;
    const request = this.open(path, text);
    return { ...request, offset, position: request.text.positionAt(offset) };
  }

  /** Opens a file with a text in which `<|>` marks the cursor, and requests code actions there. */
  actions(path: string, markedText: string, only?: readonly string[]): CodeActionRequest {
    const { offset, position, ...request } = this.cursor(path, markedText);
    const range = request.text.rangeAt(offset, offset);
    const problems = this.mirror
      .problems(request.text.uri)
      .filter(
        ({ range: { start, end } }) => start.line <= position.line && position.line <= end.line,
      );
    return { ...request, range, problems, only };
  }

  dispose(): void {
    this.#feed.dispose();
    this.catalog.engine.dispose();
  }
}

/** Creates a workspace of files by path, read and mirrored. */
export async function openLanguageWorkspace(
  files: Readonly<Record<string, string>> = {},
  options?: TestCatalogOptions,
): Promise<LanguageWorkspace> {
  const workspace = new LanguageWorkspace(await openCatalog(files, options));
  const { model, options: read } = workspace.catalog.engine;
  if (model.layers.length) workspace.mirror.kinds = await openKinds(model, read);
  await workspace.whenSettled();
  return workspace;
}

/** Returns the path of a URI below `/work`. */
export function pathOf(uri: string): string {
  return decodeURIComponent(uri.replace(`${at('')}/`, ''));
}

/** Returns the URI of the folder of a path below `/work`. */
export function folderOf(path: string): string {
  return dirnameUri(at(path));
}
