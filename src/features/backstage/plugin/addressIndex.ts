import { dirnameUri, type FileAddress, joinUri } from '../../../api';

export interface PlaceInRepository {
  /** Identifies the repository in the workspace. */
  readonly repository: string;
  readonly path: string;
  /** Whether the branch name could be separated from the path with certainty. */
  readonly isCertain: boolean;
}

/** Branch names that are rarely prefixes of other branch names. */
const USUAL_BRANCHES: readonly string[] = ['main', 'master'];

/** Maximum number of path segments. */
const MOST_PARTS = 100;

/** Finds workspace files by the addresses that a server may read them from, on any branch. */
export class AddressIndex {
  readonly #branches = new Map<string, Set<string>>();
  readonly #files = new Map<string, string>();
  readonly #repositories = new Map<string, string>();
  /** URIs of repository roots; a repository may be checked out several times. */
  readonly #roots = new Map<string, Set<string>>();

  constructor(addresses: ReadonlyMap<string, FileAddress>) {
    for (const [file, { repository, branch, path }] of addresses) {
      const key = repository.toLowerCase();
      this.#branches.set(key, (this.#branches.get(key) ?? new Set<string>()).add(branch));
      this.#files.set(`${key}\n${path}`, file);
      this.#repositories.set(file, key);
      this.#roots.set(key, (this.#roots.get(key) ?? new Set<string>()).add(rootOf(file, path)));
    }
  }

  get isEmpty(): boolean {
    return this.#files.size === 0;
  }

  get repositories(): readonly string[] {
    return [...this.#branches.keys()].sort();
  }

  isOfRepository(location: string): boolean {
    return this.#branches.has(partsOf(location).repository ?? '');
  }

  /** @param location - location ref: `url:https://github.com/acme/shop/blob/main/catalog-info.yaml` */
  fileAt(location: string): string | undefined {
    const place = this.placeOf(location);
    return place && this.#files.get(`${place.repository}\n${place.path}`);
  }

  /** Returns the workspace repository and path of a location. */
  placeOf(location: string): PlaceInRepository | undefined {
    const { repository, rest, hasBranch } = partsOf(location);
    const branches = repository === undefined ? undefined : this.#branches.get(repository);
    const place = rest === undefined ? undefined : decoded(rest);
    if (repository === undefined || !branches || place === undefined) return undefined;
    if (!hasBranch) return place === '' ? undefined : { repository, path: place, isCertain: true };
    // The branch name can be separated from the path only if it is known; others count as one segment.
    const own = [...branches, ...USUAL_BRANCHES].find(branch => place.startsWith(`${branch}/`));
    const path = place.slice(own === undefined ? place.indexOf('/') + 1 : own.length + 1);
    return { repository, path, isCertain: own !== undefined };
  }

  /** Returns a key for the repository of a file. */
  repositoryOf(file: string): string | undefined {
    return this.#repositories.get(file);
  }

  /**
   * Returns URIs whose existence means that a file may still exist, in each checkout of its repository: the file,
   * and the configuration of a sparse checkout.
   *
   * @returns undefined for a path with too many segments
   */
  marksOf({ repository, path, isCertain }: PlaceInRepository): readonly string[] | undefined {
    const parts = path.split('/');
    if (parts.length > MOST_PARTS) return undefined;
    // The branch name may contain slashes, so all shorter paths are possible.
    const paths = isCertain ? [path] : parts.map((_, at) => parts.slice(at).join('/'));
    return [...(this.#roots.get(repository) ?? [])].flatMap(root =>
      [...paths, '.git/info/sparse-checkout'].map(each => joinUri(root, each)),
    );
  }
}

/** Matches file pages with branch name and path; those of Gitea contain the type of ref. */
const BY_BRANCH =
  /^url:(https?:\/\/[^?#]*?)\/(?:-\/)?(?:blob|tree|raw|edit|src\/branch|src)\/([^?#]+)/;
/** Matches file pages with the branch elsewhere, or without one: Bitbucket Server and Azure DevOps. */
const BY_PATH = [
  /^url:(https?:\/\/[^?#]*?\/(?:projects|users)\/[^/?#]+\/repos\/[^/?#]+)\/(?:browse|raw)\/([^?#]+)/,
  /^url:(https?:\/\/[^?#]*?\/_git\/[^/?#]+)\/?\?(?:[^#]*?&)?path=(?:\/|%2[Ff])([^&#]*)/,
];

interface Parts {
  readonly repository?: string;
  /** Rest of the address, as written: the branch, if any, and the path. */
  readonly rest?: string;
  readonly hasBranch?: boolean;
}

function partsOf(location: string): Parts {
  for (const pattern of [...BY_PATH, BY_BRANCH]) {
    const [, repository, rest] = pattern.exec(location) ?? [];
    if (repository === undefined || rest === undefined) continue;
    return { repository: repository.toLowerCase(), rest, hasBranch: pattern === BY_BRANCH };
  }
  return {};
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    // Escapes that stand for no text: no file has this address.
    return undefined;
  }
}

/** Returns the folder that a path is relative to. */
function rootOf(file: string, path: string): string {
  let root = file;
  for (const _ of path.split('/')) root = dirnameUri(root);
  return root;
}
