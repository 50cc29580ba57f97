import { english, isRecord, translator } from '../../../../base';
import type { WorkerJob } from '../../../../platform/core/ports';
import type { DefinitionProblem } from '../outline/outline';
import type { DefinitionText } from './isSurelyValid';
import type { JudgeOptions } from './judgeDefinition';

/** Translations by the English text; undefined for English. */
export type Texts = Readonly<Record<string, string>> | undefined;

export interface JudgeRequest {
  readonly texts: Texts;
  readonly definitions: readonly DefinitionText[];
}

/** Problems of each definition. */
export type Verdicts = readonly (readonly DefinitionProblem[])[];

/** Finds the problems of definitions in a thread: large ones take a second. */
export const judgeJob: WorkerJob<JudgeRequest, Verdicts> = {
  name: 'apis.judge',

  run: ({ texts, definitions }) =>
    judgeAll(definitions, { translate: texts ? translator(texts) : english, mayBlock: true }),

  readInput(value) {
    if (!isRequest(value)) throw new TypeError('Not a request to judge definitions');
    return value;
  },

  readOutput(value) {
    if (!isVerdicts(value)) throw new TypeError('Not the verdicts on definitions');
    return value;
  },
};

/** @throws the signal's reason when it is aborted */
export async function judgeAll(
  definitions: readonly DefinitionText[],
  options: JudgeOptions,
): Promise<Verdicts> {
  const { judgeDefinition } = await import('./judgeDefinition');
  const verdicts: (readonly DefinitionProblem[])[] = [];
  for (const definition of definitions) {
    const problems = await judgeDefinition(definition, options);
    options.signal?.throwIfAborted();
    verdicts.push(problems ?? []);
  }
  return verdicts;
}

/** Both sides have the same version of the program, so only the kind of a message is checked. */
function isRequest(value: unknown): value is JudgeRequest {
  return isRecord(value) && Array.isArray(value['definitions']);
}

function isVerdicts(value: unknown): value is Verdicts {
  return Array.isArray(value) && value.every(Array.isArray);
}
