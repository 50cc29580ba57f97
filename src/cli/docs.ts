import { type RunCommand, UsageError } from './command';
import { runDocsRender } from './docsRender';

/** What `callboard docs` can do, by the word that follows it. */
const actions: ReadonlyMap<string, RunCommand> = new Map([['render', runDocsRender]]);

/** `callboard docs`: documentation as TechDocs builds it. */
export const runDocs: RunCommand = (parsed, context) => {
  const [name, ...positionals] = parsed.positionals;
  const known = [...actions.keys()].join(', ');
  if (name === undefined) throw new UsageError(`docs needs to be told what to do: ${known}`);
  const run = actions.get(name);
  if (!run) throw new UsageError(`docs cannot "${name}", only: ${known}`);
  return run({ ...parsed, positionals }, context);
};
