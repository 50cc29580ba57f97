import { resolveForm } from '../forms/resolveForm';
import { checkParameters } from '../parameters/checkParameters';
import { mergeTexts } from './mergeTexts';
import { matchAll } from './patternChecks';
import type { RenderInputs, RenderReply, RenderResults, RenderType } from './renderJob';
import { renderOutput, renderStep } from './renderStep';
import { errorData, renderFile, renderTree } from './renderTree';

/** Everything that can be worked out of a Template, by the type of the request. */
export const renderers = {
  parameters: checkParameters,
  form: resolveForm,
  step: renderStep,
  output: renderOutput,
  tree: renderTree,
  file: renderFile,
  patterns: matchAll,
  merge: mergeTexts,
};

const table: { readonly [T in RenderType]: (input: RenderInputs[T]) => RenderResults[T] } =
  renderers;

/** Works out what a Template says, on the thread that it is called on. */
export function perform<T extends RenderType>(type: T, input: RenderInputs[T]): RenderReply {
  try {
    return { type, result: table[type](input) };
  } catch (error) {
    return { type: 'error', error: errorData(error) };
  }
}
