import { isRecord } from '../../../base';
import type { JsonObject, JsonValue } from '../../../model';
import {
  checkParameters,
  type ParametersReply,
  type ParametersRequest,
} from '../parameters/checkParameters';
import type { ResolvedForm } from '../forms/formField';
import { type FormRequest, resolveForm } from '../forms/resolveForm';
import type { WorkerJob } from '../../ports';
import { matchAll, type PatternCheck, type PatternVerdict } from './patternChecks';
import { InputError } from '../workspace/fileErrors';
import { renderOutput, renderStep, type StepReply, type StepRequest } from './renderStep';
import {
  errorData,
  type FillingSettings,
  renderFile,
  renderTree,
  type TreeReply,
  type TreeRequest,
} from './renderTree';

/** What a Template makes others work out. */
export type RenderRequest =
  | { readonly type: 'parameters'; readonly request: ParametersRequest }
  | { readonly type: 'form'; readonly request: FormRequest }
  | { readonly type: 'step'; readonly request: StepRequest }
  | {
      readonly type: 'output';
      readonly output: JsonValue;
      readonly request: Pick<StepRequest, 'context' | 'hasFailed' | 'hosts'>;
    }
  | { readonly type: 'tree'; readonly request: TreeRequest }
  | { readonly type: 'file'; readonly content: Uint8Array; readonly settings: FillingSettings }
  | { readonly type: 'patterns'; readonly checks: readonly PatternCheck[] };

export interface RenderReplies {
  parameters: ParametersReply;
  form: FormReply;
  step: StepReply;
  output: JsonObject;
  tree: TreeReply;
  file: FileReply;
  patterns: { readonly verdicts: readonly PatternVerdict[] };
}

export type FormReply =
  | { readonly form: ResolvedForm; readonly error?: undefined }
  | { readonly form?: undefined; readonly error: string };

export type FileReply =
  | { readonly text: string; readonly error?: undefined }
  | {
      readonly text?: undefined;
      readonly error: { readonly name: string; readonly message: string };
    };

/** A request, or what came of one: as text where it is plain, so that one check does for both sides. */
export type RenderReply = {
  readonly [T in keyof RenderReplies]: { type: T; reply: RenderReplies[T] };
}[keyof RenderReplies];

/**
 * Works out what Templates say. They are not to be trusted: a pattern in one can take for ever, so this is
 * for a thread that can be ended.
 */
export const renderJob: WorkerJob<RenderRequest, RenderReply> = {
  name: 'scaffolder.render',

  run: input => Promise.resolve(perform(input)),

  readInput(value) {
    if (!isRequest(value)) throw new TypeError('Not a request to render');
    return value;
  },

  readOutput(value) {
    if (!isReply(value)) throw new TypeError('Not what came of a request to render');
    return value;
  },
};

export function perform(input: RenderRequest): RenderReply {
  switch (input.type) {
    case 'parameters':
      return { type: 'parameters', reply: checkParameters(input.request) };
    case 'form':
      return { type: 'form', reply: formReply(input.request) };
    case 'step':
      return { type: 'step', reply: renderStep(input.request) };
    case 'output':
      return { type: 'output', reply: renderOutput(input.output, input.request) };
    case 'tree':
      return { type: 'tree', reply: renderTree(input.request) };
    case 'file':
      return { type: 'file', reply: fileReply(input.content, input.settings) };
    case 'patterns':
      return { type: 'patterns', reply: { verdicts: matchAll(input.checks) } };
  }
}

function formReply(request: FormRequest): FormReply {
  try {
    return { form: resolveForm(request) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { error: error.message };
  }
}

function fileReply(content: Uint8Array, settings: FillingSettings): FileReply {
  try {
    return { text: renderFile(content, settings) };
  } catch (error) {
    return { error: errorData(error) };
  }
}

const types: ReadonlySet<unknown> = new Set([
  'parameters',
  'form',
  'step',
  'output',
  'tree',
  'file',
  'patterns',
]);

/**
 * Both sides are this program in the same version, and what is passed is data that this file declares: what is
 * checked is that a message is one of them, not each value of a Template in it.
 */
function isRequest(value: unknown): value is RenderRequest {
  return isRecord(value) && types.has(value['type']);
}

function isReply(value: unknown): value is RenderReply {
  return isRecord(value) && types.has(value['type']) && isRecord(value['reply']);
}
