import { randomUUID } from 'node:crypto';
import { childUri } from '../../../base';
import { exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { fileUriToPath } from '../../../platform/node';
import { findTemplateAt } from './templateFiles';
import { assertEmptyFolder, renderTemplate, summary, writeAndPublish } from './templateRun';

/** Name of the golden path's folder. */
const TEMPLATE = 'callboard-plugin';

/** `callboard plugin new`: creates a plugin from the golden path. */
export const runPluginNew: RunCommand = async ({ positionals, options }, context) => {
  const { terminal } = context;
  const [name] = positionals;
  if (name === undefined) {
    throw new UsageError('plugin new needs a name: callboard plugin new NAME');
  }
  const option = (key: string): string | undefined => options.get(key)?.at(-1);
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) || name.length > 50) {
    throw new UsageError(
      `NAME must be lowercase letters, digits and hyphens, such as my-plugin, not "${name}"`,
    );
  }
  const out = option('out') ?? name;
  await assertEmptyFolder(out, context);
  const template = await findTemplateAt(
    fileUriToPath(childUri(context.templates, TEMPLATE)),
    context,
  );
  const { defaultScaffolderSettings } = await import('../core');
  const ran = await renderTemplate(template, {
    values: {
      name,
      description: option('description') ?? `Shows ${name} in Callboard`,
      owner: option('owner') ?? 'unknown',
      publisher: option('publisher') ?? 'local',
      displayName: option('title') ?? name,
    },
    secrets: {},
    taskId: randomUUID(),
    context,
    catalog: undefined,
    settings: defaultScaffolderSettings,
    allowedHosts: [],
    onLog: () => {},
  });
  const isCompleted = ran.result.status === 'completed';
  const done = isCompleted
    ? await writeAndPublish(ran, { out, publication: undefined, context, record: undefined })
    : ran;
  terminal.write(`${await summary(done, out)}\n`);
  if (done.result.status !== 'completed') return exitCodes.problems;
  terminal.write('Next: npm install and npm test there, then press F5 in VS Code\n');
  return exitCodes.ok;
};
