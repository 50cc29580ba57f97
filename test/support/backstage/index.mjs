// Runs where its packages are installed, which is not in the project: they are named as data.
const framework = '@backstage/backend-defaults';
const features = [
  '@backstage/plugin-auth-backend',
  '@backstage/plugin-auth-backend-module-guest-provider',
  '@backstage/plugin-catalog-backend',
  '@backstage/plugin-catalog-backend-module-scaffolder-entity-model',
  '@backstage/plugin-scaffolder-backend',
  '@backstage/plugin-search-backend',
  '@backstage/plugin-search-backend-module-catalog',
  '@backstage/plugin-search-backend-module-techdocs',
  '@backstage/plugin-techdocs-backend',
];

// The parent process holds the other end, and may be killed without ending this one.
process.stdin.on('end', () => process.exit()).resume();

const { createBackend } = await import(framework);
const backend = createBackend();
for (const feature of features) backend.add(import(feature));
await backend.start();
