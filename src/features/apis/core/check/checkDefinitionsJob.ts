import { english, isRecord, translator } from '../../../../base';
import type { WorkerJob } from '../../../../platform/core/ports';
import type { DefinitionProblem } from '../outline/outline';
import type { DefinitionText } from './isSurelyValid';
import type { DefinitionCheckOptions } from './checkDefinition';

/** Translations by the English text; undefined for English. */
export type Texts = Readonly<Record<string, string>> | undefined;

export interface DefinitionCheckRequest {
  readonly texts: Texts;
  readonly definitions: readonly DefinitionText[];
}

/** Problems of each definition. */
export type ProblemsByDefinition = readonly (readonly DefinitionProblem[])[];

/** Finds the problems of definitions in a thread: large ones take a second. */
export const checkDefinitionsJob: WorkerJob<DefinitionCheckRequest, ProblemsByDefinition> = {
  name: 'apis.checkDefinitions',

  run: ({ texts, definitions }) =>
    checkDefinitions(definitions, {
      translate: texts ? translator(texts) : english,
      mayBlock: true,
    }),

  readInput(value) {
    if (!isRequest(value)) throw new TypeError('Not a request to check definitions');
    return value;
  },

  readOutput(value) {
    if (!isProblemsByDefinition(value)) throw new TypeError('Not the problems of definitions');
    return value;
  },
};

/** @throws the signal's reason when it is aborted */
export async function checkDefinitions(
  definitions: readonly DefinitionText[],
  options: DefinitionCheckOptions,
): Promise<ProblemsByDefinition> {
  const { checkDefinition } = await import('./checkDefinition');
  const found: (readonly DefinitionProblem[])[] = [];
  for (const definition of definitions) {
    const problems = await checkDefinition(definition, options);
    options.signal?.throwIfAborted();
    found.push(problems ?? []);
  }
  return found;
}

/** Both sides have the same version of the program, so only the kind of a message is checked. */
function isRequest(value: unknown): value is DefinitionCheckRequest {
  return isRecord(value) && Array.isArray(value['definitions']);
}

function isProblemsByDefinition(value: unknown): value is ProblemsByDefinition {
  return Array.isArray(value) && value.every(Array.isArray);
}
