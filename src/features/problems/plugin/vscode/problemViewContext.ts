import type {
  ActionsService,
  CatalogService,
  CatalogSourcesService,
  EditsService,
} from '../../../../api';
import { isTreeNode } from '../../../../platform/vscode/trees';
import type { ProblemNode, ProblemTreeModel } from '..';
import type { ProblemView } from './problemView';

/** What the commands of the Problems view work with. */
export interface ProblemViewContext {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly edits: EditsService;
  readonly model: ProblemTreeModel;
  readonly sources: CatalogSourcesService;
  readonly view: ProblemView;
}

/** The row that a menu or a click gives to a command, if it is one. */
export function asProblemNode(argument: unknown): ProblemNode | undefined {
  return isTreeNode<ProblemNode>(argument, ['group', 'problem', 'more']) ? argument : undefined;
}
