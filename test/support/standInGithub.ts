import { createHash } from 'node:crypto';
import { isRecord } from '../../src/base';
import type { JsonObject } from '../../src/model';
import { type Answer, type ForgeRequest, StandInForge, textIn } from './standInForge';

interface TreeEntry {
  readonly mode: string;
  readonly content: Buffer;
}

type Tree = ReadonlyMap<string, TreeEntry>;

interface Commit {
  readonly message: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: unknown;
}

const BASE = '/repos/acme/shop';

/**
 * The part of GitHub that publishing uses: the repository `acme/shop` with its objects, branches and pull requests, and
 * the creation of repositories, for the user `ada` of the organization `acme`.
 */
export class StandInGithub {
  readonly forge = new StandInForge(asked => this.#answer(asked));
  readonly pulls: JsonObject[] = [];
  readonly created: JsonObject[] = [];
  readonly #blobs = new Map<string, Buffer>();
  readonly #trees = new Map<string, Tree>();
  readonly #commits = new Map<string, Commit>();
  readonly #branches = new Map<string, string>();

  /** @param files - files of the branch `main` */
  static async start(files: Readonly<Record<string, string>> = {}): Promise<StandInGithub> {
    const github = new StandInGithub();
    const entries = Object.entries(files).map(([path, text]): [string, TreeEntry] => [
      path,
      { mode: '100644', content: Buffer.from(text) },
    ]);
    const tree = github.#addTree(new Map(entries));
    const commit = { message: 'Begin', tree, parents: [], author: undefined };
    github.#branches.set('main', github.#addCommit(commit));
    await github.forge.listen();
    return github;
  }

  get branches(): readonly string[] {
    return [...this.#branches.keys()];
  }

  /** Files of a branch as texts, with `*` before executable ones. */
  filesOn(branch: string): Readonly<Record<string, string>> {
    const tree = this.#trees.get(this.commitOn(branch).tree);
    return Object.fromEntries(
      [...(tree ?? [])].map(([path, { mode, content }]) => [
        path,
        `${mode === '100755' ? '*' : ''}${content.toString('latin1')}`,
      ]),
    );
  }

  commitOn(branch: string): Commit {
    const commit = this.#commits.get(this.#branches.get(branch) ?? '');
    if (!commit) throw new Error(`There is no branch ${branch}`);
    return commit;
  }

  #answer(asked: ForgeRequest): Answer | undefined {
    const { method, path } = asked;
    const place = `/${path.join('/')}`;
    const ask = `${method} ${place}`;
    if (place.startsWith(`${BASE}/git/`)) return this.#git(asked, place.slice(BASE.length + 5));
    if (place.startsWith(`${BASE}/pulls`)) return this.#pull(asked, place.slice(BASE.length + 6));
    if (ask === `GET ${BASE}`) return { data: { default_branch: 'main' } };
    if (ask === `GET ${BASE}/branches`) {
      return { data: this.branches.map(name => ({ name })) };
    }
    if (place.startsWith(`${BASE}/commits/heads/`)) {
      const sha = this.#branches.get(place.slice(`${BASE}/commits/heads/`.length)) ?? '';
      const commit = this.#commits.get(sha);
      return commit && { data: { sha, commit: { tree: { sha: commit.tree } } } };
    }
    if (place.startsWith(`${BASE}/contents/`)) {
      const file = place.slice(`${BASE}/contents/`.length);
      const commit = this.#commits.get(asked.query.get('ref') ?? '');
      return this.#trees.get(commit?.tree ?? '')?.has(file) ? {} : undefined;
    }
    if (ask === 'GET /user') return { data: { login: 'ada' } };
    if (ask === 'GET /users/ada') return { data: { login: 'ada', type: 'User' } };
    if (ask === 'GET /users/grace') return { data: { login: 'grace', type: 'User' } };
    if (ask === 'GET /users/acme') return { data: { login: 'acme', type: 'Organization' } };
    if (ask === 'GET /orgs/acme/teams/crew') return { data: {} };
    if (ask === 'GET /user/repos') return { data: asked.query.get('page') === '1' ? owned : [] };
    if (ask === 'POST /user/repos' || ask === 'POST /orgs/acme/repos') {
      this.created.push(asked.body);
      return { status: 201, data: { name: textIn(asked.body['name']).replaceAll(' ', '-') } };
    }
    return method === 'PUT' || method === 'POST' ? { status: 201, data: {} } : undefined;
  }

  #git({ method, body }: ForgeRequest, place: string): Answer | undefined {
    const ask = `${method} ${place}`;
    if (ask === 'POST blobs') {
      const content = Buffer.from(textIn(body['content']), 'base64');
      const sha = hash(content);
      this.#blobs.set(sha, content);
      return { status: 201, data: { sha } };
    }
    if (ask === 'POST trees') return this.#newTree(body);
    if (ask === 'POST commits') {
      const { message, tree, parents, author } = body;
      const isKnown = this.#trees.has(textIn(tree)) && Array.isArray(parents);
      if (!isKnown) return { status: 422, data: { message: 'Tree SHA does not exist' } };
      const commit = { message: textIn(message), tree: textIn(tree), author };
      return {
        status: 201,
        data: { sha: this.#addCommit({ ...commit, parents: parents.map(textIn) }) },
      };
    }
    if (ask === 'POST refs') {
      const branch = textIn(body['ref']).replace('refs/heads/', '');
      if (this.#branches.has(branch)) {
        return { status: 422, data: { message: 'Reference already exists' } };
      }
      this.#branches.set(branch, textIn(body['sha']));
      return { status: 201, data: {} };
    }
    const branch = place.replace(/^refs?\/heads\//, '');
    if (!this.#branches.has(branch)) return undefined;
    if (method === 'PATCH') this.#branches.set(branch, textIn(body['sha']));
    return { data: {} };
  }

  #newTree({ base_tree: base, tree }: JsonObject): Answer {
    const entries = new Map(this.#trees.get(textIn(base)));
    for (const entry of Array.isArray(tree) ? tree : []) {
      if (!isRecord(entry)) continue;
      const { path, mode, content, sha } = entry;
      if (sha === null) {
        const problem = { status: 422, data: { message: 'GitRPC::BadObjectState' } };
        if (!entries.delete(textIn(path))) return problem;
        continue;
      }
      const bytes = content === undefined ? this.#blobs.get(textIn(sha)) : textIn(content);
      if (bytes === undefined) return { status: 422, data: { message: 'no such blob' } };
      entries.set(textIn(path), { mode: textIn(mode), content: Buffer.from(bytes) });
    }
    return { status: 201, data: { sha: this.#addTree(entries) } };
  }

  #pull({ method, body, query }: ForgeRequest, place: string): Answer | undefined {
    const [, number, more] = place.split('/');
    if (method === 'GET' && number === undefined) {
      const found = this.pulls.filter(
        ({ head, state = 'open' }) => head === query.get('head') && state === query.get('state'),
      );
      const ref = query.get('head')?.replace(/^[^:]*:/, '');
      return {
        data: found.map(pull => ({
          ...pull,
          head: { ref, repo: { full_name: pull['from'] ?? 'Acme/shop' } },
        })),
      };
    }
    if (method === 'POST' && number === undefined) {
      const pull = { ...body, number: this.pulls.length + 1 };
      const url = `${this.forge.url}/acme/shop/pull/${pull.number}`;
      this.pulls.push({ ...pull, html_url: url });
      return { status: 201, data: this.pulls.at(-1) };
    }
    const index = Number(number) - 1;
    const pull = this.pulls[index];
    if (!pull) return undefined;
    this.pulls[index] = { ...pull, ...body };
    if (more !== 'requested_reviewers') return { data: this.pulls[index] };
    const named = (key: string, name: string): unknown =>
      (Array.isArray(body[key]) ? body[key] : []).map(value => ({ [name]: value }));
    const users = named('reviewers', 'login');
    return {
      status: 201,
      data: { requested_reviewers: users, requested_teams: named('team_reviewers', 'slug') },
    };
  }

  #addTree(tree: Tree): string {
    const sha = hash(
      JSON.stringify(
        [...tree].map(([path, { mode, content }]) => [path, mode, hash(content)]).sort(),
      ),
    );
    this.#trees.set(sha, tree);
    return sha;
  }

  #addCommit(commit: Commit): string {
    const sha = hash(JSON.stringify(commit));
    this.#commits.set(sha, commit);
    return sha;
  }
}

const owned = [
  { name: 'shop', owner: { login: 'acme' } },
  { name: 'api', owner: { login: 'acme' } },
  { name: 'notes', owner: { login: 'ada' } },
];

function hash(content: string | Buffer): string {
  return createHash('sha1').update(content).digest('hex');
}
