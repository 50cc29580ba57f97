import 'mocha/mocha.js';
import type Mocha from 'mocha';

// The build for browsers leaves its one export on the global object.
const mocha = (globalThis as unknown as { Mocha: typeof Mocha }).Mocha;

// oxlint-disable-next-line callboard/named-exports -- It stands in for a module with a default export.
export default mocha;
export const { after, afterEach, before, beforeEach, describe, it } = mocha;
