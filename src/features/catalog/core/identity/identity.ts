import type {
  CatalogService,
  RecentEntitiesService,
  StarredEntitiesService,
  StateService,
} from '../../../../api';
import { type Disposable, Emitter, type Event, type Logger, textsIn } from '../../../../base';
import { parseEntityRef, stringifyEntityRef } from '../../../../model';

/**
 * Resolves the user in a setting to a full ref: by ref (`jane`, `user:default/jane`) or profile
 * email. Undefined for an invalid ref or unknown email; a ref need not exist.
 */
export function resolveUser(catalog: CatalogService, nameOrEmail: string): string | undefined {
  const name = nameOrEmail.trim();
  if (name === '') return undefined;
  if (/^[^:/][^:/@]*@[^:/]+$/.test(name)) return findUserByEmail(catalog, name);
  try {
    return stringifyEntityRef(parseEntityRef(name, { defaultKind: 'User' }));
  } catch {
    // Not a ref: the caller says that there is no such user.
    return undefined;
  }
}

/** Returns the ref of the first User with this `spec.profile.email`, in any case. */
export function findUserByEmail(catalog: CatalogService, email: string): string | undefined {
  const wanted = email.toLowerCase();
  const users = catalog.getEntities({ filter: [[{ key: 'kind', values: ['user'] }]] });
  const user = users.find(({ spec }) => {
    const profile = spec?.profile;
    if (typeof profile !== 'object' || profile === null || Array.isArray(profile)) return false;
    return typeof profile.email === 'string' && profile.email.toLowerCase() === wanted;
  });
  return user && stringifyEntityRef(user);
}

/**
 * Returns the only User with the name in a git address that no profile has: `jane` for
 * `jane@home.example` and `123+jane@users.noreply.github.com`.
 */
export function suggestUser(catalog: CatalogService, email: string): string | undefined {
  const known = findUserByEmail(catalog, email);
  if (known !== undefined) return known;
  const local = email.slice(0, email.lastIndexOf('@')).toLowerCase();
  const name = local.slice(local.indexOf('+') + 1);
  if (name === '') return undefined;
  const users = catalog.getEntities({ filter: [[{ key: 'kind', values: ['user'] }]] });
  const [only, other] = users.filter(({ metadata }) => metadata.name.toLowerCase() === name);
  return only && !other ? stringifyEntityRef(only) : undefined;
}

/** Returns the refs that represent a user: the user, its groups, and all their ancestors, nearest first. */
export function getOwnershipRefs(catalog: CatalogService, userRef: string): readonly string[] {
  // The set grows during the iteration.
  const refs = new Set([userRef]);
  for (const ref of refs) {
    const type = ref === userRef ? 'memberOf' : 'childOf';
    for (const relation of catalog.getRelations(ref)) {
      if (relation.type === type) refs.add(relation.targetRef);
    }
  }
  return [...refs];
}

const RECENT_KEY = 'portal.recent';
/** Maximum number of recent items. */
const MAX = 20;

type RecentKind = 'viewed' | 'edited';

interface RecentEntitiesDeps {
  readonly state: StateService;
  readonly catalog: CatalogService;
  readonly logger: Logger;
}

/** Recently viewed and edited entities of the user. */
export class RecentEntities implements RecentEntitiesService, Disposable {
  readonly #deps: RecentEntitiesDeps;
  #refs: Record<RecentKind, readonly string[]>;
  #changed = new Emitter<void>();

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(deps: RecentEntitiesDeps) {
    this.#deps = deps;
    const stored = deps.state.get(RECENT_KEY);
    this.#refs = { viewed: readRefs(stored, 'viewed'), edited: readRefs(stored, 'edited') };
  }

  viewed(): readonly string[] {
    return this.#refs.viewed;
  }

  edited(): readonly string[] {
    return this.#refs.edited;
  }

  /**
   * Adds a viewed entity.
   *
   * @param ref - full
   */
  view(ref: string): void {
    this.#add('viewed', [ref]);
  }

  /**
   * Adds the entities of a saved file, up to the maximum.
   *
   * @param file - URI
   */
  save(file: string): void {
    this.#add('edited', this.#deps.catalog.getEntityRefsInFile(file).slice(0, MAX));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #add(kind: RecentKind, refs: readonly string[]): void {
    if (!refs.length) return;
    const next = [...new Set([...refs, ...this.#refs[kind]])].slice(0, MAX);
    if (next.join() === this.#refs[kind].join()) return;
    this.#refs = { ...this.#refs, [kind]: next };
    this.#changed.fire();
    this.#deps.state.set(RECENT_KEY, this.#refs).catch((error: unknown) => {
      this.#deps.logger.error('Storing recent entities failed', error);
    });
  }
}

/** Reads stored refs, which are unvalidated. */
function readRefs(stored: unknown, kind: RecentKind): readonly string[] {
  if (typeof stored !== 'object' || stored === null || !(kind in stored)) return [];
  const refs: unknown = (stored as Record<RecentKind, unknown>)[kind];
  return textsIn(refs);
}

const STARRED_KEY = 'catalog.starred';

/**
 * Starred entities of the user in this workspace, by ref. A ref stays starred while its entity
 * doesn't exist, such as on another branch.
 */
export class StarredEntities implements StarredEntitiesService, Disposable {
  #state: StateService;
  #refs: Set<string>;
  #changed = new Emitter<ReadonlySet<string>>();

  /** Fires with the refs whose star changed. */
  readonly onDidChange: Event<ReadonlySet<string>> = this.#changed.event;

  constructor(state: StateService) {
    this.#state = state;
    const stored = state.get(STARRED_KEY);
    this.#refs = new Set(textsIn(stored));
  }

  has(ref: string): boolean {
    return this.#refs.has(ref);
  }

  all(): readonly string[] {
    return [...this.#refs].sort();
  }

  async set(ref: string, starred: boolean): Promise<void> {
    if (starred === this.#refs.has(ref)) return;
    if (starred) this.#refs.add(ref);
    else this.#refs.delete(ref);
    this.#changed.fire(new Set([ref]));
    await this.#state.set(STARRED_KEY, this.all());
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
