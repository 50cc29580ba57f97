/**
 * Returns the environment without variables of `npm run` and a surrounding VS Code, which servers and other npm
 * processes must not inherit. Keeps the user's npm configuration (cache, registry, certificates).
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnvironment(environment = process.env) {
  const unwanted =
    /^(npm_(package|lifecycle|command|execpath|node_execpath|config_(local_prefix|global_prefix|prefix|ignore_scripts|save_exact)$)|VSCODE_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$|VITEST|PORT$|PASSWORD$|HASHED_PASSWORD$)/i;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !unwanted.test(name)));
}
