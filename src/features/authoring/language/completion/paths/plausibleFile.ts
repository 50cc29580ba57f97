import { basenameUri } from '../../../../../base';
import { isDescriptorName } from '../../../../catalog/core/withoutEngine';
import { descriptorOf } from '../../descriptors/descriptor';
import type { CompletionPlace } from '../completionPlace';

/** Names that people give files of descriptors, besides the one that Backstage looks for. */
const USUAL_NAME = /^(?:catalog|backstage|entit(?:y|ies)|component|template)\.ya?ml$/i;

/** A file of many documents is known by its first. */
const ENOUGH_PARTS = 20;

/** Whether descriptors are to be expected in a file, though the document at hand says nothing yet. */
export function mayHoldDescriptors({ request }: CompletionPlace): boolean {
  const { text, context } = request;
  const name = basenameUri(text.uri);
  if (isDescriptorName(name) || USUAL_NAME.test(name)) return true;
  if (context.catalog.hasEntitiesInFile(text.uri)) return true;
  return text.parts
    .slice(0, ENOUGH_PARTS)
    .some(({ part }) => descriptorOf(part, context.catalog.kinds) !== undefined);
}
