import { createRequire } from 'node:module';

// A process of its own: serves what its only argument says until it is ended. test-web's own command
// line cannot do it, as it runs tests in its own browser or not at all.
const [, , argument = '{}'] = process.argv;
/** @type {{ entry: string, options: Record<string, unknown> }} */
const { entry, options } = JSON.parse(argument);
await createRequire(import.meta.url)(entry).open(options);
