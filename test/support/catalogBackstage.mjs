import { createRequire } from 'node:module';
import { env } from 'node:process';

// Starts a Backstage with some of the features of `backstage/index.mjs`, in half the time. Its packages are those of the
// whole one, next to the script that `BACKSTAGE_ENTRY` names.

// The parent process holds the other end, and may be killed without ending this one.
process.stdin.on('end', () => process.exit()).resume();

const require = createRequire(env.BACKSTAGE_ENTRY ?? '');
// Named as data, because the project doesn't have the package.
const framework = '@backstage/backend-defaults';
const { createBackend } = require(framework);
const backend = createBackend();
for (const feature of (env.BACKSTAGE_FEATURES ?? '').split(',')) backend.add(require(feature));
await backend.start();
