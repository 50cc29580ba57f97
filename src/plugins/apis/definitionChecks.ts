import type { CatalogService, Entity, Problem } from '../../api';
import type { Translate } from '../../base';
import type { ApiDefinitions } from './apiDefinitions';
import { definitionProblems } from './definitionProblems';
import type { OpenText } from './openApis';

export interface DefinitionChecksDeps {
  readonly catalog: CatalogService;
  readonly definitions: Pick<ApiDefinitions, 'load'>;
  readonly translate: Translate;
}

interface Checked {
  readonly entity: Entity;
  /** Where it is written, and the texts that it is read from. */
  readonly place: string;
  readonly problems: readonly Problem[];
}

/** What is wrong with the definitions of some APIs; each is read again only when something of it changed. */
export class DefinitionChecks {
  #deps: DefinitionChecksDeps;
  #checked = new Map<string, Checked>();

  constructor(deps: DefinitionChecksDeps) {
    this.#deps = deps;
  }

  /**
   * @param apis - by full ref, the texts besides the descriptor that they depend on
   * @returns by URI of the file
   */
  async check(
    apis: ReadonlyMap<string, readonly OpenText[]>,
  ): Promise<ReadonlyMap<string, readonly Problem[]>> {
    for (const ref of this.#checked.keys()) if (!apis.has(ref)) this.#checked.delete(ref);
    const byFile = new Map<string, Problem[]>();
    const told = new Set<string>();
    for (const [ref, texts] of apis) {
      for (const problem of await this.#problemsOf(ref, texts)) {
        const { code, file, message, range } = problem;
        // Several APIs may have one definition.
        const key = JSON.stringify([code, file, message, range]);
        if (file === undefined || told.has(key)) continue;
        told.add(key);
        const problems = byFile.get(file);
        if (problems) problems.push(problem);
        else byFile.set(file, [problem]);
      }
    }
    return byFile;
  }

  async #problemsOf(ref: string, texts: readonly OpenText[]): Promise<readonly Problem[]> {
    const { catalog, definitions, translate } = this.#deps;
    const entity = catalog.getEntityByRef(ref);
    if (!entity) return [];
    const place = JSON.stringify([catalog.getEntitySource(ref), texts]);
    const known = this.#checked.get(ref);
    if (known?.entity === entity && known.place === place) return known.problems;
    const definition = await definitions.load(ref);
    const problems = definition ? definitionProblems(definition, translate) : [];
    this.#checked.set(ref, { entity, place, problems });
    return problems;
  }
}
