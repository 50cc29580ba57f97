import type { InstanceCommandId, InstancesContext } from './instancesContext';
import { refreshEntity } from './refreshEntity';
import { registerLocation } from './registerLocation';
import { unregisterEntity } from './unregisterEntity';
import { validateFile } from './validateFile';

/** What the commands do that ask a running Backstage. Loaded with the first of them that is run. */
export const instanceCommands: Readonly<
  Record<InstanceCommandId, (argument: unknown, context: InstancesContext) => Promise<void>>
> = {
  'callboard.instances.validate': validateFile,
  'callboard.instances.register': registerLocation,
  'callboard.instances.refresh': refreshEntity,
  'callboard.instances.unregister': unregisterEntity,
};
