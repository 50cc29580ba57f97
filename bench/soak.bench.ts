import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { silentLogger } from '../src/base';
import { CatalogEngine, defaultCatalogOptions } from '../src/core/catalog';
import { ChangeQueue, OverlayFileSystem } from '../src/core/files';
import type { FileChange } from '../src/core/ports';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../src/node';
import { generateOrganisation } from './organisation';
import { Random } from './organisationTexts';

/*
 * Steady work for a long time: edits of every kind through the editor's own queue and overlay, and
 * questions about what changed. Every so often all edits are undone, so that the files are as in the
 * beginning and whatever memory is held then, and was not held before, has leaked. The catalog itself
 * must be as in the beginning, too.
 *
 * CALLBOARD_SOAK_SECONDS says for how long (3600 for the real thing), CALLBOARD_SOAK_ENTITIES how
 * many entities there are, CALLBOARD_SOAK_PAUSE how many milliseconds lie between two edits.
 */

setFlagsFromString('--expose-gc');
// Machine code lies on the same heap, and is made and thrown away for as long as the work varies: it
// would hide what the catalog itself keeps.
setFlagsFromString('--no-opt');
setFlagsFromString('--no-sparkplug');
const collectGarbage = runInNewContext('gc') as () => void;

const SECONDS = setting('CALLBOARD_SOAK_SECONDS', 60);
const ENTITIES = setting('CALLBOARD_SOAK_ENTITIES', 2000);
const PAUSE = setting('CALLBOARD_SOAK_PAUSE', 20);
const SAMPLES = 60;
/** Caches fill up first: so much of the time is not judged. */
const WARM_UP = 0.1;
/** Edits that are not undone yet, at most. */
const MOST_PENDING = 40;
/** Between the medians of the first and the last quarter, as a share of the first. */
const TOLERANCE = 0.02;

interface Sample {
  readonly seconds: number;
  readonly heap: number;
  readonly edits: number;
}

/** What has been done to the files, and how it is undone. */
interface Edit {
  readonly changes: readonly FileChange[];
  undo(): readonly FileChange[];
}

/** The workspace, its engine, and somebody who never stops working on it. */
class Worker {
  readonly engine: CatalogEngine;
  edits = 0;
  readonly counts: Record<string, number> = {};
  #folder: string;
  #random = new Random(7);
  #texts = new Map<string, string>();
  #queue: ChangeQueue;
  #files: readonly string[];
  #pending: Edit[] = [];
  /** Paths with an edit that is not undone yet: nothing else touches them. */
  #busy = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
    this.#files = descriptorsBelow(folder);
    const clock = new NodeClock();
    this.engine = new CatalogEngine({
      fileSystem: new OverlayFileSystem(new NodeFileSystem(), {
        getText: uri => this.#texts.get(uri),
      }),
      clock,
      logger: silentLogger,
    });
    this.engine.setRoots([{ uri: pathToFileUri(folder), name: 'soak' }]);
    this.#queue = new ChangeQueue({
      clock,
      logger: silentLogger,
      few: { quiet: 2, longest: 10 },
      many: { quiet: 10, longest: 50 },
      manyFiles: 50,
      apply: changes => this.engine.applyChanges(changes),
    });
    // As a view does: it asks for what changed.
    this.engine.onDidChange(({ entityRefs, files }) => {
      for (const ref of entityRefs) this.engine.getEntityByRef(ref);
      for (const file of files) this.engine.getProblems({ file });
    });
  }

  /** Makes one edit, or undoes the oldest, and waits until the catalog knows. */
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

  /** Brings the files back to the beginning. */
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

  /** A descriptor that nobody works on, and whose folders nobody works on. */
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
    // Everything is read anew for it, and again when it goes.
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

  /** Moves a file or folder away and back; without a place to go it leaves the workspace. */
  #move(
    placeOf: (file: string) => string,
    targetOf: ((place: string) => string) | undefined,
  ): Edit | undefined {
    const file = this.#aFile();
    const place = file && placeOf(file);
    if (place === undefined || place === this.#folder) return undefined;
    // A whole organisation is not moved at once: what lies deep is a project.
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

  /** Settings change and change back; everything is read anew, once of three times not to its end. */
  async #configure(): Promise<void> {
    this.engine.setOptions({
      ...defaultCatalogOptions,
      severities: { 'dangling-reference': 'off' },
    });
    await this.engine.refresh();
    this.engine.setOptions(defaultCatalogOptions);
    const abort = new AbortController();
    const given = this.engine.refresh({ signal: abort.signal }).catch(() => {});
    if (this.#random.chance(0.3)) abort.abort();
    await given;
    await this.engine.refresh();
  }

  #ask(): void {
    this.engine.getEntities({ filter: [[{ key: 'kind', values: ['component'] }]] });
    this.engine.getProblems();
    this.engine.getFailedEntities();
  }

  dispose(): void {
    this.#queue.dispose();
    this.engine.dispose();
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

/** All that the catalog says, as one text. */
function contentOf(engine: CatalogEngine): string {
  return JSON.stringify([engine.getEntities(), engine.getProblems(), engine.statistics]);
}

function setting(name: string, fallback: number): number {
  const value = Number(process.env[name]);
  return value > 0 ? value : fallback;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Of the straight line that fits best, in bytes a second. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const time = mean(samples.map(({ seconds }) => seconds));
  const heap = mean(samples.map(sample => sample.heap));
  const rise = samples.reduce((sum, s) => sum + (s.seconds - time) * (s.heap - heap), 0);
  return rise / samples.reduce((sum, { seconds }) => sum + (seconds - time) ** 2, 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(2)} MB`;
}

async function soak(worker: Worker): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  while (samples.length < SAMPLES) {
    const until = ((samples.length + 1) * SECONDS) / SAMPLES;
    while (elapsed() < until) {
      await worker.work();
      await pause(PAUSE);
    }
    await worker.undoAll();
    // Some of what is held is only let go in a later turn.
    for (let round = 0; round < 3; round++) {
      await pause(10);
      collectGarbage();
    }
    const { heapUsed: heap, rss } = process.memoryUsage();
    samples.push({ seconds: elapsed(), heap, edits: worker.edits });
    if (samples.length % 10 === 0) {
      const minutes = (elapsed() / 60).toFixed(1);
      console.log(
        `  ${minutes} min  ${worker.edits} edits  heap ${megabytes(heap)}  resident ${megabytes(rss)}`,
      );
    }
  }
  return samples;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-soak-'));
  const workspace = join(folder, 'workspace');
  try {
    generateOrganisation(workspace, { entities: ENTITIES, decoys: ENTITIES });
    const worker = new Worker(workspace);
    await worker.engine.refresh();
    const before = contentOf(worker.engine);
    const samples = await soak(worker);
    const isSame = contentOf(worker.engine) === before;
    const judged = samples.filter(({ seconds }) => seconds >= SECONDS * WARM_UP);
    const heaps = judged.map(({ heap }) => heap);
    const quarter = Math.floor(judged.length / 4);
    const early = median(heaps.slice(0, quarter));
    const late = median(heaps.slice(-quarter));
    const growth = late / early - 1;
    console.log(`  ${ENTITIES} entities, ${worker.edits} edits in ${SECONDS} s`);
    for (const [name, count] of Object.entries(worker.counts)) {
      console.log(`    ${name.padEnd(24)} ${String(count).padStart(7)}`);
    }
    console.log(`  heap after garbage collection, first      ${megabytes(heaps[0] ?? 0)}`);
    console.log(`  heap after garbage collection, last       ${megabytes(heaps.at(-1) ?? 0)}`);
    console.log(
      `  slope                                     ${((slopeOf(judged) * 60) / 1024).toFixed(2)} kB a minute`,
    );
    console.log(`  last quarter against the first            ${(growth * 100).toFixed(2)} %`);
    console.log(`  the catalog is as in the beginning        ${isSame ? 'yes' : 'NO'}`);
    if (growth > TOLERANCE || !isSame) process.exitCode = 1;
    worker.dispose();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
