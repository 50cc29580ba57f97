import { uriPath } from '../../../src/base';
import type {
  BlobStore,
  Clock,
  FileSystem,
  GitMirror,
  GitMirrors,
  GitPublisher,
  HttpClient,
  HttpResult,
  OutputFolder,
  WorkerPool,
} from '../../../src/platform/core/ports';
import { GitMirrorFailure, WorkerFailure } from '../../../src/platform/core/ports';

/** A call of a port, the nth of its operation in a session. */
export interface PortCall {
  /** `port.operation`. */
  readonly operation: string;
  /** From 0. */
  readonly nth: number;
  /** The file, address or other subject of the call. */
  readonly subject: string;
}

/** A way in which a call fails. */
export interface Fault {
  readonly name: string;
  readonly operation: string;
  readonly nth: number;
}

/** Action of a failing call: it throws or returns a failure. */
type Failing = (subject: string) => unknown;

/** Throws an error as Node's file functions do. */
const failed =
  (code: string): Failing =>
  subject => {
    throw Object.assign(new Error(`${code}: i/o error, open '${pathOf(subject)}'`), { code });
  };

const pathOf = (subject: string): string =>
  subject.startsWith('file:') ? decodeURIComponent(uriPath(subject)) : subject;

const answered = (status: number, body = ''): HttpResult => ({
  type: 'answered',
  status,
  headers: new Map(),
  body: new TextEncoder().encode(body),
});

/** Ways to fail of each operation, by name. An operation without a row isn't made to fail. */
const FAILURES: Readonly<Record<string, Readonly<Record<string, Failing>>>> = {
  'files.readFile': { EIO: failed('EIO'), EACCES: failed('EACCES'), ENOENT: failed('ENOENT') },
  'files.stat': { EIO: failed('EIO') },
  'files.readDirectory': { EIO: failed('EIO'), EMFILE: failed('EMFILE') },
  'blobs.read': { nothing: () => undefined, garbage: () => new TextEncoder().encode('{"x":1}\n') },
  'blobs.write': { ENOSPC: failed('ENOSPC'), EROFS: failed('EROFS') },
  'output.list': { EIO: failed('EIO') },
  'output.find': { EIO: failed('EIO') },
  'output.read': { EIO: failed('EIO') },
  'output.write': { ENOSPC: failed('ENOSPC'), EACCES: failed('EACCES') },
  'output.remove': { EBUSY: failed('EBUSY') },
  'output.clear': { EBUSY: failed('EBUSY') },
  'http.send': {
    unreachable: () => ({
      type: 'unreachable',
      reason: 'connect ECONNRESET',
      cause: 'interrupted',
    }),
    timeout: () => ({ type: 'timeout' }),
    excess: () => ({ type: 'excess' }),
    unavailable: () => answered(503, 'Try later'),
    limited: () => answered(429),
    denied: () => answered(403),
    broken: () => answered(500, '<html>Oops</html>'),
  },
  'mirror.fetch': {
    disconnected: () => {
      throw new GitMirrorFailure('disconnected', 'The remote end hung up');
    },
    storage: () => {
      throw new GitMirrorFailure('storage', 'No space left on device');
    },
    error: failed('EIO'),
  },
  'mirror.restore': { EIO: failed('EIO') },
  'mirror.look': {
    disconnected: () => {
      throw new GitMirrorFailure('disconnected', 'The remote end hung up');
    },
  },
  'workers.run': {
    crashed: () => {
      throw new WorkerFailure('crashed', 'Worker terminated due to reaching memory limit');
    },
    timeout: () => {
      throw new WorkerFailure('timeout', 'The worker took too long');
    },
    unavailable: () => {
      throw new WorkerFailure('unavailable', 'No worker can be started');
    },
  },
  'git.prepare': { error: failed('EIO') },
  'git.readRemote': { error: failed('ECONNRESET') },
};

/** Counts the calls of ports, and makes one of them fail. */
export class FaultPlan {
  readonly calls: PortCall[] = [];
  /** The call that has failed. */
  hit: PortCall | undefined;
  readonly #fault: Fault | undefined;
  readonly #counts = new Map<string, number>();
  #isOver = false;

  constructor(fault?: Fault) {
    this.#fault = fault;
  }

  /** From here on nothing fails, and calls aren't counted. */
  end(): void {
    this.#isOver = true;
  }

  readonly files = (base: FileSystem): FileSystem => this.#wrap('files', base);
  readonly blobs = (base: BlobStore): BlobStore => this.#wrap('blobs', base);
  readonly output = (base: OutputFolder): OutputFolder => this.#wrap('output', base);
  readonly http = (base: HttpClient): HttpClient => this.#wrap('http', base);
  readonly workers = (base: WorkerPool): WorkerPool => this.#wrap('workers', base);
  readonly git = (base: GitPublisher): GitPublisher => this.#wrap('git', base);
  readonly clock = (base: Clock): Clock => this.#wrap('clock', base);
  readonly mirrors = (base: GitMirrors): GitMirrors => ({
    open: request => this.#wrap('mirror', base.open(request)),
    removeUnused: (...unused) => base.removeUnused(...unused),
  });

  /** The faults that can be injected into a session with these calls. */
  static faultsOf(calls: readonly PortCall[]): readonly Fault[] {
    return calls.flatMap(({ operation, nth }) =>
      Object.keys(FAILURES[operation] ?? {}).map(name => ({ name, operation, nth })),
    );
  }

  #wrap<T extends BlobStore | Clock | FileSystem | GitMirror | GitPublisher | HttpClient>(
    port: string,
    base: T,
  ): T;
  #wrap<T extends OutputFolder | WorkerPool>(port: string, base: T): T;
  #wrap<T extends object>(port: string, base: T): T {
    return new Proxy(base, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function' || typeof key !== 'string') return value;
        const method = value as (...args: unknown[]) => unknown;
        const operation = `${port}.${key}`;
        if (!Object.hasOwn(FAILURES, operation)) return method.bind(target);
        return async (...args: unknown[]): Promise<unknown> => {
          const failing = this.#count(operation, args);
          if (!failing) return method.apply(target, args);
          // A failure comes later than the call, as those of disks and networks do.
          await Promise.resolve();
          return failing(subjectOf(operation, args));
        };
      },
    });
  }

  #count(operation: string, args: readonly unknown[]): Failing | undefined {
    if (this.#isOver) return undefined;
    const nth = this.#counts.get(operation) ?? 0;
    this.#counts.set(operation, nth + 1);
    const call = { operation, nth, subject: subjectOf(operation, args) };
    this.calls.push(call);
    const fault = this.#fault;
    if (fault?.operation !== operation || fault.nth !== nth) return undefined;
    this.hit = call;
    return FAILURES[operation]?.[fault.name];
  }
}

/** Empty for blobs and jobs of workers, as users don't know their names: any message is enough. */
function subjectOf(operation: string, [first]: readonly unknown[]): string {
  if (operation.startsWith('blobs.')) return '';
  if (typeof first === 'string') return first;
  if (typeof first !== 'object' || first === null) return '';
  const subject: unknown = Reflect.get(first, 'url');
  return typeof subject === 'string' ? subject : '';
}
