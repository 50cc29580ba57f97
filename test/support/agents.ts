import type { SearchRequest, SearchResult, SearchResults, SearchService } from '../../src/api';
import { agentTools, type AgentAnswer, type AgentServices } from '../../src/features/agents/core';
import { aResult } from './searchResults';
import { openCatalog, root, type TestCatalog, type TestCatalogOptions } from './testCatalog';

type AgentSearch = AgentServices['search'];

/** A search with given results that records its requests. */
export class StandInSearch implements AgentSearch {
  readonly requests: SearchRequest[] = [];
  readonly collators = ['catalog', 'docs'].map(id => ({ id, title: id, icon: 'book' }));
  results: readonly SearchResult[] = [];
  more: Partial<SearchResults> = {};
  whenReady: SearchService['whenReady'] = () => Promise.resolve();

  find(request: SearchRequest): Promise<SearchResults> {
    this.requests.push(request);
    const { results, more } = this;
    const rest = { total: results.length, facets: {}, ignored: [], isPartial: false, tookMs: 1 };
    return Promise.resolve({ results, ...rest, ...more });
  }
}

/** A result without a location unless one is given. */
export function aShop(fields: Partial<SearchResult> = {}): SearchResult {
  return aResult('Shop', { ref: undefined, facets: {}, ...fields });
}

/** An agent in a workspace of files in memory, by path. */
export class TestAgent {
  readonly search = new StandInSearch();
  readonly catalog: TestCatalog;
  readonly #services: AgentServices;

  constructor(catalog: TestCatalog, { roots = ['work'] }: Pick<TestCatalogOptions, 'roots'> = {}) {
    this.catalog = catalog;
    this.#services = {
      catalog: catalog.engine,
      search: this.search,
      fileSystem: catalog.files,
      roots: () => roots.map(root),
      codeownersOwners: () => catalog.engine.options.codeownersOwners,
      update: () => Promise.resolve(),
      applyFile: file => catalog.engine.applyChanges([{ type: 'changed', uri: file }]),
      whenInspected: () => catalog.engine.whenInspected(),
    };
  }

  static async open(
    files: Readonly<Record<string, string>>,
    options: TestCatalogOptions = {},
  ): Promise<TestAgent> {
    return new TestAgent(await openCatalog(files, options), options);
  }

  ask(name: string, input: unknown, signal = new AbortController().signal): Promise<AgentAnswer> {
    const tool = agentTools.find(candidate => candidate.name === name);
    if (!tool) throw new Error(`There is no tool ${name}`);
    return tool.run(input, this.#services, signal);
  }

  /** Returns the structured content of a tool's answer. */
  async value(name: string, input: unknown): Promise<unknown> {
    const answer = await this.ask(name, input);
    if (answer.type === 'refusal') throw new Error(answer.text);
    return answer.value;
  }

  /** Returns the text of a tool's answer, or the error. */
  async text(name: string, input: unknown): Promise<string> {
    return (await this.ask(name, input)).text;
  }
}
