/**
 * The environment without what `npm run` and a surrounding VS Code add to it: a server or another
 * npm started from here must not take their settings for its own. What a person configured for npm
 * (cache, registry, certificates) stays.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnvironment(environment = process.env) {
  const unwanted =
    /^(npm_(package|lifecycle|command|execpath|node_execpath|config_(local_prefix|global_prefix|prefix|ignore_scripts|save_exact)$)|VSCODE_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$|VITEST|PORT$|PASSWORD$|HASHED_PASSWORD$)/i;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !unwanted.test(name)));
}
