import { InputError } from '../../../scm/core/forgeFiles';
import { type FormRequest, resolveForm } from '../forms/resolveForm';
import { checkParameters } from '../parameters/checkParameters';
import { mergeTexts } from './mergeTexts';
import { matchAll } from './patternChecks';
import type { FileReply, FormReply, RenderReply, RenderRequest } from './renderMessages';
import { renderOutput, renderStep } from './renderStep';
import { errorData, type FillingSettings, renderFile, renderTree } from './renderTree';

/** Works out what a Template says, on the thread that it is called on. */
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
    case 'merge':
      return { type: 'merge', reply: { merged: mergeTexts(input.request) } };
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
