import type { ActionsService, CatalogService, EditsService } from '../../../api';
import type { ProblemNode, ProblemTreeModel } from '..';
import type { ProblemView } from './problemView';

/** What the commands of the Problems view work with. */
export interface ProblemViewContext {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly edits: EditsService;
  readonly model: ProblemTreeModel;
  readonly view: ProblemView;
}

const nodeTypes: readonly string[] = ['group', 'problem', 'more'];

/** The row that a menu or a click gives to a command, if it is one. */
export function asProblemNode(argument: unknown): ProblemNode | undefined {
  return isNode(argument) ? argument : undefined;
}

function isNode(argument: unknown): argument is ProblemNode {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    'id' in argument &&
    'type' in argument &&
    nodeTypes.includes(String(argument.type))
  );
}
