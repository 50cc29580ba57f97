import { createHash } from 'node:crypto';
import { isRecord } from '../../src/base';
import type { JsonObject } from '../../src/model';
import { type Answer, type ForgeRequest, StandInForge, textIn } from './standInForge';

interface StoredFile {
  readonly content: Buffer;
  readonly isExecutable: boolean;
}

const PROJECT = 'projects/acme/shop';

/**
 * The part of GitLab that publishing uses: the project `acme/shop` with its branches and merge requests, and creating
 * others, in the group `acme` or for the user `ada`.
 */
export class StandInGitlab {
  readonly forge = new StandInForge(asked => this.#answer(asked));
  readonly mergeRequests: JsonObject[] = [];
  readonly created: JsonObject[] = [];
  readonly commits: JsonObject[] = [];
  readonly #branches = new Map<string, ReadonlyMap<string, StoredFile>>();

  /** @param files - files of the branch `main` */
  static async start(files: Readonly<Record<string, string>> = {}): Promise<StandInGitlab> {
    const gitlab = new StandInGitlab();
    const stored = Object.entries(files).map(([path, text]): [string, StoredFile] => [
      path,
      { content: Buffer.from(text), isExecutable: false },
    ]);
    gitlab.#branches.set('main', new Map(stored));
    await gitlab.forge.listen();
    return gitlab;
  }

  get branches(): readonly string[] {
    return [...this.#branches.keys()];
  }

  /** Files of a branch as texts, with `*` before executable ones. */
  filesOn(branch: string): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...(this.#branches.get(branch) ?? [])].map(([path, { content, isExecutable }]) => [
        path,
        `${isExecutable ? '*' : ''}${content.toString('latin1')}`,
      ]),
    );
  }

  #answer(asked: ForgeRequest): Answer | undefined {
    const { method, path, query, body } = asked;
    const place = path.join('/');
    const ask = `${method} ${place}`;
    if (place.startsWith(`${PROJECT}/repository/`)) {
      return this.#repository(asked, place.slice(`${PROJECT}/repository/`.length));
    }
    switch (ask) {
      case 'GET user':
        return { data: { id: 7, username: 'ada' } };
      case 'GET users':
        return { data: query.get('username') === 'ada' ? [{ id: 7 }] : [] };
      case 'GET groups':
        return { data: [{ full_path: 'acme' }, { full_path: 'acme/crew' }] };
      case 'GET groups/acme':
        return { data: {} };
      case 'GET groups/acme/projects':
      case 'GET users/ada/projects':
        return { data: [{ path: 'shop' }] };
      case 'GET namespaces/acme':
        return { data: { id: 4, kind: 'group' } };
      case `GET ${PROJECT}`:
        return { data: { id: 9, path_with_namespace: 'acme/shop', default_branch: 'main' } };
      case 'POST projects':
        this.created.push(body);
        return {
          status: 201,
          data: { id: 10, path_with_namespace: `acme/${textIn(body['path'])}` },
        };
      case `GET ${PROJECT}/merge_requests`: {
        const branch = query.get('source_branch');
        return { data: this.mergeRequests.filter(request => request['source_branch'] === branch) };
      }
      case `POST ${PROJECT}/merge_requests`: {
        const number = this.mergeRequests.length + 1;
        const url = `${this.forge.url}/acme/shop/-/merge_requests/${number}`;
        this.mergeRequests.push({ ...body, web_url: url });
        return { status: 201, data: { iid: number, web_url: url } };
      }
      default:
        return method === 'PUT' || method === 'POST' ? { status: 201, data: {} } : undefined;
    }
  }

  #repository({ method, query, body }: ForgeRequest, place: string): Answer | undefined {
    if (`${method} ${place}` === 'GET branches') {
      return { data: this.branches.map(name => ({ name })) };
    }
    if (`${method} ${place}` === 'POST branches') {
      const files = this.#branches.get(query.get('ref') ?? '');
      if (!files) return { status: 400, data: { message: 'Invalid reference name' } };
      this.#branches.set(query.get('branch') ?? '', files);
      return { status: 201, data: {} };
    }
    if (`${method} ${place}` === 'POST commits') return this.#commit(body);
    if (place.startsWith('branches/')) {
      const branch = place.slice('branches/'.length);
      const url = `${this.forge.url}/acme/shop/-/tree/${branch}`;
      return this.#branches.has(branch) ? { data: { web_url: url } } : undefined;
    }
    const file = this.#branches.get(query.get('ref') ?? '')?.get(place.slice('files/'.length));
    if (!file) return undefined;
    const { content, isExecutable } = file;
    const id = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
    const headers = { 'x-gitlab-blob-id': id, 'x-gitlab-execute-filemode': String(isExecutable) };
    return { headers };
  }

  #commit(body: JsonObject): Answer {
    const { branch, start_branch: start, actions } = body;
    const files = new Map(this.#branches.get(textIn(start)));
    for (const one of Array.isArray(actions) ? actions : []) {
      const action = isRecord(one) ? one : {};
      const path = textIn(action['file_path']);
      const before = files.get(path);
      const what = action['action'];
      if ((what === 'create') === (before !== undefined)) {
        return { status: 400, data: { message: 'A file with this name already exists' } };
      }
      const isExecutable = action['execute_filemode'] === true;
      const content = Buffer.from(textIn(action['content']), 'base64');
      if (what === 'delete') files.delete(path);
      else if (what === 'chmod')
        files.set(path, { content: before?.content ?? content, isExecutable });
      // GitLab changes the mode of an existing file only by `chmod`.
      else files.set(path, { content, isExecutable: before?.isExecutable ?? isExecutable });
    }
    this.#branches.set(textIn(branch), files);
    this.commits.push(body);
    return { status: 201, data: {} };
  }
}
