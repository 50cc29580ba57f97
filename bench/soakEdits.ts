import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { silentLogger } from '../src/base';
import { type CatalogEngine, defaultCatalogOptions } from '../src/features/catalog/core';
import { ChangeQueue } from '../src/platform/core/files';
import type { FileChange } from '../src/platform/core/ports';
import { NodeClock, pathToFileUri } from '../src/platform/node';
import { Random } from './organizationTexts';

/** Maximum number of edits that aren't undone yet. */
const MOST_PENDING = 40;

/** An edit of the files, with its undo. */
interface Edit {
  readonly changes: readonly FileChange[];
  undo(): readonly FileChange[];
}

/** Edits the files of a workspace without end, and queries its catalog. */
export class SteadyWork {
  edits = 0;
  readonly counts: Record<string, number> = {};
  #engine: CatalogEngine;
  #folder: string;
  #random = new Random(7);
  #texts: Map<string, string>;
  #queue: ChangeQueue;
  #files: readonly string[];
  #pending: Edit[] = [];
  /** Paths with an edit that isn't undone yet. Other edits don't use them. */
  #busy = new Set<string>();

  /** @param deps.texts - unsaved texts by URI, as the engine reads them */
  constructor(deps: { folder: string; engine: CatalogEngine; texts: Map<string, string> }) {
    this.#folder = deps.folder;
    this.#texts = deps.texts;
    this.#files = descriptorsBelow(deps.folder);
    const engine = (this.#engine = deps.engine);
    this.#queue = new ChangeQueue({
      clock: new NodeClock(),
      logger: silentLogger,
      few: { quiet: 2, longest: 10 },
      many: { quiet: 10, longest: 50 },
      manyFiles: 50,
      apply: changes => engine.applyChanges(changes),
    });
    // Queries the changes, as a view does.
    engine.onDidChange(({ entityRefs, files }) => {
      for (const ref of entityRefs) engine.getEntityByRef(ref);
      for (const file of files) engine.getProblems({ file });
    });
  }

  /** Makes one edit, or undoes the oldest, and waits until the catalog has applied it. */
  async work(): Promise<void> {
    if (
      this.#pending.length >= MOST_PENDING ||
      (this.#pending.length && this.#random.chance(0.45))
    ) {
      this.#queue.add(this.#pending.shift()?.undo() ?? []);
    } else {
      const [name, make] = this.#random.pick(this.#kinds);
      const edit = make();
      if (edit) {
        this.counts[name] = (this.counts[name] ?? 0) + 1;
        this.#pending.push(edit);
        this.#queue.add(edit.changes);
      }
    }
    this.edits++;
    await this.#queue.whenIdle();
    if (this.edits % 200 === 0) await this.#configure();
    if (this.edits % 50 === 0) this.#ask();
  }

  /** Restores the original files. */
  async undoAll(): Promise<void> {
    for (const edit of this.#pending.splice(0).reverse()) this.#queue.add(edit.undo());
    await this.#queue.whenIdle();
  }

  #kinds: readonly (readonly [string, () => Edit | undefined])[] = [
    ['a field changed', () => this.#rewrite(text => text.replace(/owner: .*/, this.#anOwner()))],
    [
      'a field changed again',
      () => this.#rewrite(text => text.replace(/owner: .*/, this.#anOwner())),
    ],
    ['broken', () => this.#rewrite(text => `${text}\n  broken: [\n`)],
    ['renamed entity', () => this.#rewrite(text => text.replace(/name: (\S+)/, 'name: $1-x'))],
    ['unsaved', () => this.#type()],
    ['file added', () => this.#add()],
    ['duplicate added', () => this.#copy()],
    ['file deleted', () => this.#move(file => file, undefined)],
    [
      'file renamed',
      () =>
        this.#move(
          file => file,
          file => `${file.replace(/\.ya?ml$/, '')}-2.yaml`,
        ),
    ],
    ['folder renamed', () => this.#move(dirname, folder => `${folder}-moved`)],
    ['folder deleted', () => this.#move(dirname, undefined)],
    ['placeholder', () => this.#addPlaceholder()],
    ['.gitignore', () => this.#ignore()],
  ];

  #anOwner(): string {
    return `owner: team-${this.#random.below(50)}`;
  }

  #uri(path: string): string {
    return pathToFileUri(path);
  }

  /** Returns a descriptor without pending edits of it or its folders. */
  #aFile(): string | undefined {
    const file = this.#random.pick(this.#files);
    for (const busy of this.#busy) {
      if (file === busy || file.startsWith(`${busy}/`) || busy.startsWith(`${dirname(file)}/`)) {
        return undefined;
      }
    }
    return existsSync(file) ? file : undefined;
  }

  #occupy(path: string): () => void {
    this.#busy.add(path);
    return () => void this.#busy.delete(path);
  }

  #rewrite(change: (text: string) => string): Edit | undefined {
    const file = this.#aFile();
    if (file === undefined) return undefined;
    const before = readFileSync(file, 'utf8');
    const release = this.#occupy(file);
    const changes: FileChange[] = [{ type: 'changed', uri: this.#uri(file) }];
    writeFileSync(file, change(before));
    return {
      changes,
      undo() {
        writeFileSync(file, before);
        release();
        return changes;
      },
    };
  }

  #type(): Edit | undefined {
    const file = this.#aFile();
    if (file === undefined) return undefined;
    const uri = this.#uri(file);
    const release = this.#occupy(file);
    const changes: FileChange[] = [{ type: 'changed', uri }];
    this.#texts.set(uri, `# typed\n${readFileSync(file, 'utf8')}`);
    return {
      changes,
      undo: () => {
        this.#texts.delete(uri);
        release();
        return changes;
      },
    };
  }

  #create(path: string, text: string): Edit | undefined {
    if (existsSync(path)) return undefined;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const uri = this.#uri(path);
    return {
      changes: [{ type: 'created', uri }],
      undo() {
        rmSync(path);
        return [{ type: 'deleted', uri }];
      },
    };
  }

  #add(): Edit | undefined {
    const name = `added-${this.#random.below(1_000_000)}`;
    return this.#create(join(this.#folder, 'added', `${name}.yaml`), component(name));
  }

  #copy(): Edit | undefined {
    const file = this.#aFile();
    if (file === undefined) return undefined;
    const name = `copy-${this.#random.below(1_000_000)}.yaml`;
    return this.#create(join(this.#folder, 'added', name), readFileSync(file, 'utf8'));
  }

  #addPlaceholder(): Edit | undefined {
    const name = `placed-${this.#random.below(1_000_000)}`;
    const folder = join(this.#folder, 'added');
    const text = this.#create(join(folder, `${name}.txt`), 'x'.repeat(20_000));
    const descriptor = this.#create(join(folder, `${name}.yaml`), api(name));
    if (!text || !descriptor) return undefined;
    return {
      changes: [...text.changes, ...descriptor.changes],
      undo: () => [...descriptor.undo(), ...text.undo()],
    };
  }

  #ignore(): Edit | undefined {
    // Creating and deleting it reads all files again.
    const file = this.#random.chance(0.1) ? this.#aFile() : undefined;
    if (file === undefined) return undefined;
    const path = join(dirname(file), '.gitignore');
    if (existsSync(path)) return undefined;
    const release = this.#occupy(path);
    const edit = this.#create(path, '*.yml\n');
    return (
      edit && {
        changes: edit.changes,
        undo: () => {
          release();
          return edit.undo();
        },
      }
    );
  }

  /** Moves a file or folder and back; without a target, out of the workspace. */
  #move(
    placeOf: (file: string) => string,
    targetOf: ((place: string) => string) | undefined,
  ): Edit | undefined {
    const file = this.#aFile();
    const place = file && placeOf(file);
    if (place === undefined || place === this.#folder) return undefined;
    // Moves only deep folders, which are projects, not a whole organization.
    if (place !== file && place.slice(this.#folder.length).split('/').length < 4) return undefined;
    const target = targetOf?.(place) ?? `${this.#folder}-away-${this.#random.below(1_000_000)}`;
    if (existsSync(target)) return undefined;
    const release = this.#occupy(place);
    const isOutside = targetOf === undefined;
    const uri = this.#uri(place);
    const targetUri = this.#uri(target);
    renameSync(place, target);
    return {
      changes: [
        { type: 'deleted', uri },
        ...(isOutside ? [] : [{ type: 'created', uri: targetUri } satisfies FileChange]),
      ],
      undo() {
        renameSync(target, place);
        release();
        return [
          ...(isOutside ? [] : [{ type: 'deleted', uri: targetUri } satisfies FileChange]),
          { type: 'created', uri },
        ];
      },
    };
  }

  /** Changes settings and changes them back. All files are read again; every third time, reading is interrupted. */
  async #configure(): Promise<void> {
    this.#engine.setOptions({
      ...defaultCatalogOptions,
      severities: { 'dangling-reference': 'off' },
    });
    await this.#engine.refresh();
    this.#engine.setOptions(defaultCatalogOptions);
    const abort = new AbortController();
    const given = this.#engine.refresh({ signal: abort.signal }).catch(() => {});
    if (this.#random.chance(0.3)) abort.abort();
    await given;
    await this.#engine.refresh();
  }

  #ask(): void {
    this.#engine.getEntities({ filter: [[{ key: 'kind', values: ['component'] }]] });
    this.#engine.getProblems();
    this.#engine.getFailedEntities();
  }

  dispose(): void {
    this.#queue.dispose();
  }
}

function component(name: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, owner: team-1, dependsOn: [component:missing-${name}] }
`;
}

function api(name: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: ${name} }
spec: { type: openapi, lifecycle: production, owner: team-1, definition: { $text: ./${name}.txt } }
`;
}

function descriptorsBelow(folder: string): readonly string[] {
  const files: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules') files.push(...descriptorsBelow(path));
    else if (/\.ya?ml$/.test(entry.name) && readFileSync(path, 'utf8').includes('backstage.io/')) {
      files.push(path);
    }
  }
  return files.sort();
}
