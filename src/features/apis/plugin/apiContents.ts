import type { Translate } from '../../../api';
import type { ApiContents } from './apiCards';
import type { ApiDefinitions } from './definitions/apiDefinitions';
import { definitionContent, outlineContent } from './outlineContent';

/** Creates the contents of an API's page from its definition. */
export function createApiContents(
  definitions: Pick<ApiDefinitions, 'load'>,
  translate: Translate,
): ApiContents {
  return {
    async outline(ref, { signal, anchor }) {
      const definition = await definitions.load(ref, signal);
      return definition && outlineContent(definition, { translate, anchor });
    },
    async definition(ref, signal) {
      const definition = await definitions.load(ref, signal);
      return definition && definitionContent(definition, translate);
    },
  };
}
