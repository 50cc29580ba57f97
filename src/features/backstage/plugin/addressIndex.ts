import type { FileAddress } from '../../../api';
import { dirnameUri, joinUri } from '../../../base';

export interface PlaceInRepository {
  /** What tells the repository from the others of the workspace. */
  readonly repository: string;
  readonly path: string;
  /** Whether it is known where the name of the branch ends, and the path begins. */
  readonly isCertain: boolean;
}

/** Where they are, no other branch has a name that begins with theirs and a slash. */
const USUAL_BRANCHES: readonly string[] = ['main', 'master'];

/** Of a path. */
const MOST_PARTS = 100;

/** Files of the workspace by the addresses that a server may have them from: those of any branch. */
export class AddressIndex {
  readonly #branches = new Map<string, Set<string>>();
  readonly #files = new Map<string, string>();
  readonly #repositories = new Map<string, string>();
  /** URIs of their tops: one may be checked out several times. */
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

  /** @param location - a location ref: `url:https://github.com/acme/shop/blob/main/catalog-info.yaml` */
  fileAt(location: string): string | undefined {
    const place = this.placeOf(location);
    return place && this.#files.get(`${place.repository}\n${place.path}`);
  }

  /** Of which repository of the workspace a location is, and which file there. */
  placeOf(location: string): PlaceInRepository | undefined {
    const { repository, rest, hasBranch } = partsOf(location);
    const branches = repository === undefined ? undefined : this.#branches.get(repository);
    const place = rest === undefined ? undefined : decoded(rest);
    if (repository === undefined || !branches || place === undefined) return undefined;
    if (!hasBranch) return place === '' ? undefined : { repository, path: place, isCertain: true };
    // Only of branches that are known can the name be told from the path; any other is taken for one word.
    const own = [...branches, ...USUAL_BRANCHES].find(branch => place.startsWith(`${branch}/`));
    const path = place.slice(own === undefined ? place.indexOf('/') + 1 : own.length + 1);
    return { repository, path, isCertain: own !== undefined };
  }

  /** What tells the repository of a file from the others. */
  repositoryOf(file: string): string | undefined {
    return this.#repositories.get(file);
  }

  /**
   * URIs of what is there where a place may still be one, in each checkout of its repository: of the file, and of what says
   * that no more than some of all files are checked out.
   *
   * @returns undefined for a path of more folders than anybody has: a server may say anything
   */
  marksOf({ repository, path, isCertain }: PlaceInRepository): readonly string[] | undefined {
    const parts = path.split('/');
    if (parts.length > MOST_PARTS) return undefined;
    // A longer name of a branch leaves less of a path.
    const paths = isCertain ? [path] : parts.map((_, at) => parts.slice(at).join('/'));
    return [...(this.#roots.get(repository) ?? [])].flatMap(root =>
      [...paths, '.git/info/sparse-checkout'].map(each => joinUri(root, each)),
    );
  }
}

/** Pages of files by the name of the branch and the path; those of Gitea say before what kind of name that is. */
const BY_BRANCH =
  /^url:(https?:\/\/[^?#]*?)\/(?:-\/)?(?:blob|tree|raw|edit|src\/branch|src)\/([^?#]+)/;
/** Those that say the branch apart, or not at all: of Bitbucket Server, and of Azure DevOps. */
const BY_PATH = [
  /^url:(https?:\/\/[^?#]*?\/(?:projects|users)\/[^/?#]+\/repos\/[^/?#]+)\/(?:browse|raw)\/([^?#]+)/,
  /^url:(https?:\/\/[^?#]*?\/_git\/[^/?#]+)\/?\?(?:[^#]*?&)?path=(?:\/|%2[Ff])([^&#]*)/,
];

interface Parts {
  readonly repository?: string;
  /** Behind that, as it is written: the branch, if it has one, and the path. */
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
    return undefined;
  }
}

/** Of a folder from which a path leads to a file. */
function rootOf(file: string, path: string): string {
  let root = file;
  for (const _ of path.split('/')) root = dirnameUri(root);
  return root;
}
