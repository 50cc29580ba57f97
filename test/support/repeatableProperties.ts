import { configureGlobal } from 'fast-check';

// Uses the same cases in every normal run, so that failures are repeatable and a change isn't blamed for another one.
// `CALLBOARD_LONG_RUN` uses random cases, see longRun.ts.
if (!process.env['CALLBOARD_LONG_RUN']) configureGlobal({ seed: 20261125 });
