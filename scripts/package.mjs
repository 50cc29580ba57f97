import { packApi } from './lib/apiPackage.mjs';
import { packCli } from './lib/cliPackage.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { runCommand } from './lib/main.mjs';
import { packageExtension } from './lib/packageExtension.mjs';

await runCommand({ usage: 'npm run package' }, async () => {
  await ensureDependencies();
  await packageExtension({ force: true });
  await packApi();
  await packCli();
});
