import { cruiseProject, dependencyRules } from './lib/cruise.mjs';
import { StepFailure } from './lib/failure.mjs';
import { runMain } from './lib/main.mjs';
import { root } from './lib/project.mjs';

/**
 * Number of imports of `platform/vscode` by built-in plugins: prompts, trees and settings of the editor. It may only
 * decrease.
 */
const ALLOWED_FROM_PLUGINS = 15;

await runMain(async () => {
  const { violations, cruised, sources, fromPlugins } = await cruiseProject(root);
  const comments = new Map(dependencyRules().forbidden.map(rule => [rule.name, rule.comment]));
  for (const { rule, from, to } of violations) {
    console.log(`${from} -> ${to}\n    ${rule}: ${comments.get(rule)}`);
  }
  // With an unsupported version of TypeScript, dependency-cruiser silently reads nothing.
  const unread = sources.filter(path => !cruised.includes(path));
  if (unread.length) {
    throw new StepFailure(`${unread.length} of ${sources.length} source files were not read.`, {
      advice: `The first is ${unread[0]}.`,
    });
  }
  if (violations.length) {
    throw new StepFailure(`${violations.length} imports break the rules.`, {
      advice: 'Each rule is explained in .dependency-cruiser.cjs.',
    });
  }
  if (fromPlugins !== ALLOWED_FROM_PLUGINS) {
    const isMore = fromPlugins > ALLOWED_FROM_PLUGINS;
    throw new StepFailure(
      `Plugins import platform ${fromPlugins} times instead of ${ALLOWED_FROM_PLUGINS}.`,
      {
        advice: isMore
          ? 'Take it from the API, or add it there.'
          : 'Lower ALLOWED_FROM_PLUGINS in scripts/dependencyRules.mjs.',
      },
    );
  }
  console.log(`${cruised.length} modules follow ${comments.size} rules.`);
});
