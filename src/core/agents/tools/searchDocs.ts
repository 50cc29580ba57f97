import * as z from 'zod/mini';
import { defineTool } from '../defineTool';
import { formatResults, keptTo, search, searchInput, searchOutput } from '../searchAnswers';
import { refuseUnknownType } from './find';

export const searchDocsTool = defineTool({
  name: 'search_docs',
  title: 'Search the documentation',
  description:
    'Searches the TechDocs of this workspace, section by section. Use it for how-to, architecture, runbooks and ' +
    'decisions. Each result is a section: its heading, the site and page it is on, the entity that the docs belong ' +
    'to, the passage that matches, and the Markdown file with the line of the heading (counted from 1), from which ' +
    'to read on.',
  input: z.strictObject(searchInput),
  output: searchOutput,
  run({ query, limit, offset }, services, signal) {
    refuseUnknownType('docs', services);
    return search({ query: keptTo('docs', query), limit, offset }, services, signal);
  },
  format: formatResults,
});
