import { childUri, type Range } from '../../../../../base';
import { TimeSlicer } from '../../../../../platform/core';
import type { Clock } from '../../../../../platform/core/ports';
import type { KindRule } from '../../../../appConfig/core';
import { uriOfUrl, type UrlReader } from '../../../../scm/core/urlReaders';
import type { IngestContext } from '../../ingest/ingestContext';
import { resolveServedPlaceholders } from '../../processing/servedPlaceholders';
import { emptyIndexState, type IndexState } from '../../workspace/catalogIndex';
import { locationEntity } from '../config/configuredLocations';
import type { DeferredEntity } from '../locations/processLocation';
import { RefreshState, type UnprocessedEntity } from '../refreshState';
import { reachOf, ServedFiles } from '../servedFiles';
import { problemsOfState } from '../stateProblems';
import { UrlFiles } from './urlFiles';

export interface UrlCatalogDeps {
  readonly urls: UrlReader;
  /** Registered addresses. */
  readonly targets: readonly string[];
  /** Whether a missing target is acceptable; default: false. */
  readonly isOptional?: boolean;
  /** URI of the root folder of the files. */
  readonly root: string;
  readonly clock: Clock;
  readonly displayPath: (uri: string) => string;
  /** Called after each file with the number of files so far. */
  readonly onRead?: (filesRead: number) => void;
}

/** Allows all kinds: the catalog that includes this one applies the rules. */
const ANY_KIND: readonly KindRule[] = [{ allow: undefined, locations: undefined }];

/** The catalog of registered `url` locations, as a Backstage would have it. */
export class UrlCatalog {
  readonly #deps: UrlCatalogDeps;
  readonly #files: UrlFiles;
  readonly #state: RefreshState;
  readonly #served: ServedFiles;
  readonly #locations: string;

  private constructor(deps: UrlCatalogDeps, shared: IngestContext) {
    const { urls, root, onRead = () => undefined } = deps;
    const { maxFileSize } = shared;
    const isReadable = (url: string): boolean => URL.canParse(url);
    const context: IngestContext = {
      ...shared,
      // A server's lookup of CODEOWNERS needs other files, which aren't read here.
      codeowners: undefined,
      strict: {
        hasModel: false,
        placeholders: (value, base) =>
          resolveServedPlaceholders(value, { base, urls, isReadable, maxFileSize }),
      },
    };
    const uriOf = (url: string): string => uriOfUrl(root, url);
    this.#deps = deps;
    this.#locations = childUri(root, LOCATIONS);
    this.#files = new UrlFiles({ urls, context, uriOf, onRead });
    const world = { urlFiles: this.#files, reader: undefined, isReadable };
    this.#state = new RefreshState({ ...world, rules: ANY_KIND, orphanStrategy: 'delete' });
    this.#served = new ServedFiles({
      integrations: urls.integrations,
      noFile: this.#locations,
    });
  }

  static async open(deps: UrlCatalogDeps, context: IngestContext): Promise<UrlCatalog> {
    const catalog = new UrlCatalog(deps, context);
    const { locations } = await registeredLocations(deps);
    catalog.#state.add(locations);
    return catalog;
  }

  /** Invalidates the content of changed addresses. */
  forget(changed: ReadonlySet<string>): void {
    this.#files.forget(changed);
  }

  /** Processes entities until nothing changes. Failing entities keep their previous version. */
  async processAll(signal?: AbortSignal): Promise<void> {
    await this.#state.processAll(new TimeSlicer(this.#deps.clock), signal);
  }

  /** @param group - conflict group of the files */
  async indexState(group: number): Promise<IndexState> {
    const problems = problemsOfState(this.#state, this.#deps.displayPath);
    const known = this.#files.known.bind(this.#files);
    const always = [this.#locations];
    const slices = new TimeSlicer(this.#deps.clock);
    const files = await this.#served.build(this.#state, { known, problems, always, group }, slices);
    this.#files.keep(reachOf(this.#state).urls);
    return { ...emptyIndexState, files };
  }

  /** Returns the entities that are known but not served, with the errors. */
  unprocessed(): readonly UnprocessedEntity[] {
    return this.#state.unprocessed();
  }
}

/** Name of the generated file with the registered locations. */
const LOCATIONS = 'locations.yaml';

/** Returns the generated file with the registered locations. */
export async function locationsFile(
  deps: Pick<UrlCatalogDeps, 'targets' | 'isOptional' | 'root'>,
): Promise<{ readonly uri: string; readonly text: string }> {
  const { text } = await registeredLocations(deps);
  return { uri: childUri(deps.root, LOCATIONS), text };
}

async function registeredLocations({
  targets,
  isOptional = false,
  root,
}: Pick<UrlCatalogDeps, 'targets' | 'isOptional' | 'root'>): Promise<{
  readonly text: string;
  readonly locations: readonly DeferredEntity[];
}> {
  const file = childUri(root, LOCATIONS);
  const lines = ['# Made by Callboard: what is registered.'];
  const locations: DeferredEntity[] = [];
  for (const [index, target] of targets.entries()) {
    const bare = await locationEntity({ type: 'url', target, isOptional, place: undefined });
    const { document } = bare;
    const name = document.record?.entity.metadata.name ?? '';
    if (index > 0) lines.push('---');
    const start = { line: lines.length, character: 0 };
    lines.push('apiVersion: backstage.io/v1alpha1', 'kind: Location', 'metadata:');
    const nameRange = rangeOf(lines, '  name: ', name);
    lines.push('spec:', '  type: url');
    const targetRange = rangeOf(lines, '  target: ', JSON.stringify(target));
    if (isOptional) lines.push('  presence: optional');
    const range = { start, end: targetRange.end };
    const source = { file, document: index, range, nameRange };
    const record = document.record && { ...document.record, source };
    const placed = { ...document, source, record, rangeOf: () => targetRange };
    locations.push({ ...bare, document: placed });
  }
  return { text: `${lines.join('\n')}\n`, locations };
}

/** Adds a line and returns the range of its value. */
function rangeOf(lines: string[], key: string, value: string): Range {
  const line = lines.push(`${key}${value}`) - 1;
  return {
    start: { line, character: key.length },
    end: { line, character: key.length + value.length },
  };
}
