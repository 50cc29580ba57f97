import * as z from 'zod/mini';
import { defineTool } from '../defineTool';
import { formatResults, keptTo, search, searchInput } from '../searchAnswers';
import { refuseUnknownType } from './find';

export const searchDocsTool = defineTool({
  name: 'search_docs',
  input: z.strictObject(searchInput),
  run({ query, limit, offset }, services, signal) {
    refuseUnknownType('docs', services);
    return search({ query: keptTo('docs', query), limit, offset }, services, signal);
  },
  format: formatResults,
});
