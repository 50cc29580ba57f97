import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../../scripts/lib/project.mjs';
import { writeFiles } from './folders';

const files: Readonly<Record<string, string>> = {
  // Stands in for Backstage's own, whose backend would start.
  'node_modules/@backstage/backend-defaults/package.json': '{ "main": "index.js" }',
  'node_modules/@backstage/backend-defaults/index.js':
    'exports.createBackend = () => { throw new Error("started") };\nexports.other = 1;\n',
  'packages/backend/src/index.ts': `import { createBackend, other } from '@backstage/backend-defaults';
import { ships, type Kind } from './ships';

const kind: Kind = 'ship';
const backend = createBackend();
backend.add(import('./ports'));
backend.add(ships(kind));
console.log(\`\${other} {"layers": []}\`);
void backend.start();
`,
  'packages/backend/src/ships.ts': `import { createCatalogModelLayer, CatalogModelLayer } from '@backstage/catalog-model/alpha';

export type Kind = string;

export const ships = (kind: Kind) => ({
  $$type: '@backstage/BackendFeature',
  getRegistrations: () => [
    {
      pluginId: 'catalog',
      moduleId: 'ships',
      init: {
        deps: { model: { id: 'catalog.model' }, logger: { id: 'core.logger' } },
        async func({ model, logger }: any) {
          logger.child({}).info('hello');
          const layer: CatalogModelLayer = createCatalogModelLayer({
            layerId: 'acme.com/Ships',
            builder: (b: any) =>
              b.addTag({ name: kind, description: process.env['GH_TOKEN'] ?? 'no token' }),
          });
          model.addModelSource({
            async *read() {
              yield { data: [{ layer }] };
            },
          });
        },
      },
    },
    { pluginId: 'catalog', moduleId: 'other', init: { deps: {}, func: () => process.exit(7) } },
  ],
});
`,
  'packages/backend/src/ports.ts': `import { CatalogModelSources } from '@backstage/catalog-model/alpha';

export default {
  $$type: '@backstage/BackendFeature',
  getRegistrations: () => [
    {
      pluginId: 'catalog',
      moduleId: 'ports',
      init: {
        deps: { model: { id: 'catalog.model' } },
        func: ({ model }: any) => model.addModelSource(CatalogModelSources.static([])),
      },
    },
  ],
};
`,
};

/** Writes the repository of a Backstage with two modules that extend the model, one of them with a layer. */
export function writeBackstageModules(folder: string): void {
  writeFiles(folder, files);
  for (const name of ['typescript', '@backstage/catalog-model']) {
    symlinkSync(inProject('node_modules', name), join(folder, 'node_modules', name));
  }
}
