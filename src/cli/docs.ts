import { type RunCommand, UsageError } from './command';
import { runDocsBuild } from './docsBuild';
import { runDocsCheck } from './docsCheck';
import { runDocsRender } from './docsRender';

interface Action {
  readonly run: RunCommand;
  /** Names of the options that it takes. */
  readonly options: readonly string[];
}

/** What `callboard docs` can do, by the word that follows it. */
const actions: ReadonlyMap<string, Action> = new Map([
  ['build', { run: runDocsBuild, options: ['out', 'clean', 'strict', 'site-name', 'etag'] }],
  ['check', { run: runDocsCheck, options: ['format', 'strict'] }],
  ['render', { run: runDocsRender, options: [] }],
]);

/** `callboard docs`: documentation as TechDocs builds it. */
export const runDocs: RunCommand = (parsed, context) => {
  const [name, ...positionals] = parsed.positionals;
  const known = [...actions.keys()].join(', ');
  if (name === undefined) throw new UsageError(`docs needs to be told what to do: ${known}`);
  const action = actions.get(name);
  if (!action) throw new UsageError(`docs cannot "${name}", only: ${known}`);
  for (const option of parsed.options.keys()) {
    if (action.options.includes(option)) continue;
    const takers = [...actions].filter(([, { options }]) => options.includes(option));
    throw new UsageError(`--${option} is for docs ${takers.map(([taker]) => taker).join(' and ')}`);
  }
  return action.run({ ...parsed, positionals }, context);
};
