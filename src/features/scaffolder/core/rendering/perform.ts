import { resolveForm } from '../forms/resolveForm';
import { checkParameters } from '../parameters/checkParameters';
import { mergeTexts } from './mergeTexts';
import { matchAll } from './patternChecks';
import { renderOutput, renderStep } from './renderStep';
import { type ErrorData, errorData, renderFile, renderTree } from './renderTree';

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

type Renderers = typeof renderers;

export type RenderType = keyof Renderers;
export type RenderInputs = { readonly [T in RenderType]: Parameters<Renderers[T]>[0] };
export type RenderResults = { readonly [T in RenderType]: ReturnType<Renderers[T]> };

/** Result of a request, or what was thrown: by itself, a thread hands over no more of it than the message. */
export type RenderReply =
  | { readonly type: RenderType; readonly result: unknown }
  | { readonly type: 'error'; readonly error: ErrorData };

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
