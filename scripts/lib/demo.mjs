import { realpathSync } from 'node:fs';
import { inProject } from './project.mjs';

/** The catalog of an invented company, which `npm start` opens. */
export const demoFolder = realpathSync(inProject('demo'));

/** A user of the demo who owns entities, personally and through a team. */
export const demoUser = 'user:default/tove.halyard';

/** Settings of windows with the demo. */
export const demoSettings = {
  'callboard.user': demoUser,
  'callboard.portal.openOnStartup': true,
};
