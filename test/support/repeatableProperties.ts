import { configureGlobal } from 'fast-check';

// The same cases in every normal run, so that a failure can be repeated and one change is not blamed
// for what another has left. `CALLBOARD_LONG_RUN` tries others each time, see longRun.ts.
if (!process.env['CALLBOARD_LONG_RUN']) configureGlobal({ seed: 20261125 });
