import { createRequire } from 'node:module';

// Separate process that serves the options in its only argument until it is killed. test-web's own command line runs
// tests only in its own browser.
const [, , argument = '{}'] = process.argv;
/** @type {{ entry: string, options: Record<string, unknown> }} */
const { entry, options } = JSON.parse(argument);
await createRequire(import.meta.url)(entry).open(options);
