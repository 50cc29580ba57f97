import * as vscode from 'vscode';
import type {
  CatalogService,
  EntitySearchService,
  ConfigService,
  IdentityService,
  StateService,
} from '../../../api';
import { type Disposable, DisposableStore, Emitter, type Event, type Logger } from '../../../base';
import type { GitClient } from '../../../platform/core/ports';
import { fromUri } from '../../../platform/vscode/convert';
import { mayCause, onDidGrantTrust } from '../../../platform/vscode/trust';
import { lazyEntitySearch } from '../../search/vscode';
import {
  findUserByEmail,
  getOwnershipRefs,
  RecentEntities,
  resolveUser,
  StarredEntities,
  suggestUser,
} from '../core/identity';

export interface VsCodeIdentityServiceDeps {
  readonly catalog: CatalogService;
  readonly config: ConfigService;
  readonly git: Pick<GitClient, 'userEmail'>;
  readonly logger: Logger;
}

/**
 * The current user: the one in `callboard.user`, else the User entity with git's email address. Git
 * is called in trusted workspaces only.
 */
export class VsCodeIdentityService implements IdentityService, Disposable {
  #deps: VsCodeIdentityServiceDeps;
  #store = new DisposableStore();
  #onDidChange = this.#store.add(new Emitter<void>());
  #gitEmail: string | undefined;
  #refs: readonly string[] = [];
  /** Increases with each call of git, so that only the newest result counts. */
  #question = 0;

  constructor(deps: VsCodeIdentityServiceDeps) {
    this.#deps = deps;
    const { catalog, config } = deps;
    this.#store.add(
      catalog.onDidChange(({ entityRefs }) => {
        if ([...entityRefs].some(ref => /^(user|group):/.test(ref))) this.#update();
      }),
    );
    this.#store.add(config.onDidChange(event => event.affects('user') && this.#update()));
    this.#store.add(onDidGrantTrust(() => void this.#askGit()));
    this.#store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => void this.#askGit()));
    this.#update();
    void this.#askGit();
  }

  get onDidChange(): Event<void> {
    return this.#onDidChange.event;
  }

  getOwnershipRefs(): readonly string[] {
    return this.#refs;
  }

  /** Returns the User that git's address points to, unless it is the current user. */
  suggestUser(): string | undefined {
    if (this.#gitEmail === undefined) return undefined;
    const suggested = suggestUser(this.#deps.catalog, this.#gitEmail);
    return suggested === this.#refs[0] ? undefined : suggested;
  }

  dispose(): void {
    this.#question++;
    this.#store.dispose();
  }

  async #askGit(): Promise<void> {
    const question = ++this.#question;
    let email: string | undefined;
    if (mayCause('gitIdentity')) {
      for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
        email ??= await this.#deps.git.userEmail(fromUri(uri));
      }
    }
    if (question !== this.#question || email === this.#gitEmail) return;
    this.#gitEmail = email;
    // A suggestion may have changed, too.
    if (!this.#update()) this.#onDidChange.fire();
  }

  /** Returns whether the user changed. */
  #update(): boolean {
    const { catalog, logger } = this.#deps;
    const user = this.#findUser();
    const refs = user === undefined ? [] : getOwnershipRefs(catalog, user);
    if (refs.join() === this.#refs.join()) return false;
    this.#refs = refs;
    logger.debug(refs.length ? `You count as ${refs.join(', ')}` : 'You are not in the catalog');
    this.#onDidChange.fire();
    return true;
  }

  #findUser(): string | undefined {
    const { catalog, config } = this.#deps;
    const setting = config.get('user');
    if (typeof setting === 'string' && setting.trim() !== '') return resolveUser(catalog, setting);
    return this.#gitEmail === undefined ? undefined : findUserByEmail(catalog, this.#gitEmail);
  }
}

/** Services of the window's user. */
export class UserServices implements Disposable {
  #store = new DisposableStore();
  readonly starred: StarredEntities;
  readonly recent: RecentEntities;
  readonly entitySearch: EntitySearchService;

  constructor(deps: { catalog: CatalogService; state: StateService; logger: Logger }) {
    this.starred = this.#store.add(new StarredEntities(deps.state));
    this.recent = this.#store.add(new RecentEntities(deps));
    this.entitySearch = this.#store.add(lazyEntitySearch(deps.catalog));
  }

  dispose(): void {
    this.#store.dispose();
  }
}
