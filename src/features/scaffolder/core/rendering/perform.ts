import { resolveForm } from '../forms/resolveForm';
import { checkParameters } from '../parameters/checkParameters';
import { mergeTexts } from './mergeTexts';
import { matchAll } from './patternChecks';
import { renderOutput, renderStep } from './renderStep';
import { type ErrorData, errorData, renderFile, renderTree } from './renderTree';

/** Functions that render parts of a Template, by type of request. */
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

type Renderers = typeof renderers;

export type RenderType = keyof Renderers;
export type RenderInputs = { readonly [T in RenderType]: Parameters<Renderers[T]>[0] };
export type RenderResults = { readonly [T in RenderType]: ReturnType<Renderers[T]> };

/** Result of a request or its error. A worker would pass on only the message of an error. */
export type RenderReply =
  | { readonly type: RenderType; readonly result: unknown }
  | { readonly type: 'error'; readonly error: ErrorData };

const table: { readonly [T in RenderType]: (input: RenderInputs[T]) => RenderResults[T] } =
  renderers;

/** Renders on the current thread. */
export function perform<T extends RenderType>(type: T, input: RenderInputs[T]): RenderReply {
  try {
    return { type, result: table[type](input) };
  } catch (error) {
    return { type: 'error', error: errorData(error) };
  }
}
