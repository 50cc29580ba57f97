import { realpathSync } from 'node:fs';
import { inProject } from './project.mjs';

/** The catalog of an invented company that `npm start` opens. */
export const demoFolder = realpathSync(inProject('demo'));

/** A person of the demo's who owns entities, alone and in a team. */
export const demoUser = 'user:default/tove.halyard';

/** Settings of windows with the demo. */
export const demoSettings = {
  'callboard.user': demoUser,
  'callboard.portal.openOnStartup': true,
};
