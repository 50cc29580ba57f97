import { createRequire } from 'node:module';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root as projectRoot } from './project.mjs';

/**
 * @typedef {{ rule: string, from: string, to: string }} Violation
 * @typedef {{ violations: Violation[], cruised: string[], sources: string[], fromPlugins: number }} CruiseReport
 *   `cruised` are the project's own modules that were read, `sources` the files that are there, `fromPlugins` how many imports
 *   built-in plugins have that other extensions couldn't have: of base, model and platform
 */

/**
 * The rules of .dependency-cruiser.cjs.
 *
 * @returns {{ forbidden: (import('dependency-cruiser').IForbiddenRuleType & { name: string, comment: string })[], options: Record<string, any> }}
 */
export const dependencyRules = () =>
  createRequire(import.meta.url)(join(projectRoot, '.dependency-cruiser.cjs'));

/**
 * Applies the dependency rules to the `src` and `webview` folders of a project.
 *
 * @param {string} root
 * @returns {Promise<CruiseReport>}
 */
export async function cruiseProject(root) {
  const { cruise } = await import('dependency-cruiser');
  const extractTsConfig = (await import('dependency-cruiser/config-utl/extract-ts-config')).default;
  const rules = dependencyRules();
  const folders = ['src', 'webview'].filter(folder => existsSync(join(root, folder)));
  const { output } = await cruise(
    folders,
    {
      ...rules.options,
      tsConfig: { fileName: join(root, 'tsconfig.json') },
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: rules.forbidden },
    },
    rules.options.enhancedResolveOptions,
    { tsConfig: extractTsConfig(join(root, 'tsconfig.json')) },
  );
  if (typeof output === 'string') throw new Error('dependency-cruiser gave text, not its result.');
  return {
    violations: output.summary.violations.map(({ rule, from, to }) => ({
      rule: rule.name,
      from,
      to,
    })),
    cruised: output.modules
      .map(module => module.source)
      .filter(path => /^(src|webview)\//.test(path)),
    sources: folders.flatMap(folder => sourceFiles(root, folder)),
    fromPlugins: output.modules
      .filter(({ source }) => /^src\/features\/[^/]+\/plugin\//.test(source))
      .flatMap(({ dependencies }) => dependencies)
      .filter(({ resolved }) => /^src\/(base|model|platform)\//.test(resolved)).length,
  };
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function sourceFiles(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(ts|tsx|mts|cts|js|mjs|cjs)$/.test(path) && !path.includes('node_modules'))
    .map(path => `${folder}/${path.replaceAll('\\', '/')}`);
}
