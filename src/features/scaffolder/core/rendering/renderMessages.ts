import type { JsonObject, JsonValue } from '../../../../model';
import type { ResolvedForm } from '../forms/formField';
import type { FormRequest } from '../forms/resolveForm';
import type { ParametersReply, ParametersRequest } from '../parameters/checkParameters';
import type { MergeReply, MergeRequest } from './mergeTexts';
import type { PatternCheck, PatternVerdict } from './patternChecks';
import type { StepReply, StepRequest } from './renderStep';
import type { FillingSettings, TreeReply, TreeRequest } from './renderTree';

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
  | { readonly type: 'patterns'; readonly checks: readonly PatternCheck[] }
  | { readonly type: 'merge'; readonly request: MergeRequest };

export interface RenderReplies {
  parameters: ParametersReply;
  form: FormReply;
  step: StepReply;
  output: JsonObject;
  tree: TreeReply;
  file: FileReply;
  patterns: { readonly verdicts: readonly PatternVerdict[] };
  merge: { readonly merged: MergeReply | undefined };
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
