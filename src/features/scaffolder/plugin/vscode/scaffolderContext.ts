import type {
  ActionsService,
  IdentityService,
  PortalService,
  ScaffolderService,
  StateService,
} from '../../../../api';

/** Services of the view and the commands. */
export interface ScaffolderContext {
  readonly actions: ActionsService;
  readonly identity: IdentityService;
  readonly portal: PortalService;
  readonly scaffolder: ScaffolderService;
  readonly state: StateService;
}

export const templateCommandIds = [
  'callboard.templates.choose',
  'callboard.templates.start',
  'callboard.templates.openFile',
  'callboard.templates.openEntity',
  'callboard.templates.setToken',
  'callboard.templates.dryRun',
  'callboard.templates.openTask',
  'callboard.templates.openTasks',
  'callboard.templates.checkUpdates',
] as const;

export type TemplateCommandId = (typeof templateCommandIds)[number];
