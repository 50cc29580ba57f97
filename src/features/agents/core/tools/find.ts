import * as z from 'zod/mini';
import { defineTool } from '../defineTool';
import { formatResults, keptTo, search, searchInput } from '../searchAnswers';
import { type AgentServices, RefusalError } from '../types';

export const findTool = defineTool({
  name: 'find',
  input: z.strictObject({
    ...searchInput,
    in: z.optional(
      z
        .string({ error: 'must be a type of results' })
        .check(
          z.regex(/^[a-z][a-z0-9-]{0,40}$/, { error: 'must be a type of results, such as docs' }),
          z.describe('Only results of this type: catalog, docs, apis, templates, people.'),
        ),
    ),
  }),
  run({ query, in: type, limit, offset }, services, signal) {
    if (type !== undefined) refuseUnknownType(type, services);
    const narrowed = type === undefined ? query : keptTo(type, query);
    return search({ query: narrowed, limit, offset }, services, signal);
  },
  format: formatResults,
});

/** @throws RefusalError */
export function refuseUnknownType(type: string, { search: { collators } }: AgentServices): void {
  if (collators.some(({ id }) => id === type)) return;
  const known = collators.map(({ id }) => id).join(', ');
  throw new RefusalError(
    `There are no results of type "${type}" here. ${known ? `There are: ${known}.` : 'Leave "in" out.'}`,
  );
}
