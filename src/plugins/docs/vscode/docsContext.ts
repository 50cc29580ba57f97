import type { ActionsService, CatalogService, PortalService, TechDocsService } from '../../../api';
import type { DocsNode } from '..';

/** What the commands of documentation work with. */
export interface DocsContext {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly portal: PortalService;
  readonly techdocs: TechDocsService;
}

const nodeTypes: readonly string[] = ['site', 'section', 'page', 'link'];

/** The row that a menu or a click gives to a command, if it is one. */
export function asDocsNode(argument: unknown): DocsNode | undefined {
  return isNode(argument) ? argument : undefined;
}

function isNode(argument: unknown): argument is DocsNode {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    'id' in argument &&
    'type' in argument &&
    nodeTypes.includes(String(argument.type))
  );
}
