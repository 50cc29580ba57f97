import type { ScaffolderAction, TaskWorkspace } from '../../../../api';
import { isRecord } from '../../../../base';
import { readEntityRef, stringifyEntityRef } from '../../../../model';
import { parseYaml } from '../../../../platform/core/yaml';
import { backstageSchema } from './backstageSchema';
import { textInput } from './inputs';

export interface RegisterDeps {
  /** The path in the task of what was published there; undefined where it is not known to have been. */
  readonly pathOf: (url: string) => string | undefined;
  /**
   * Has the catalog find a file of the task.
   *
   * @returns a sentence that says what comes of it
   */
  readonly register: (path: string, workspace: TaskWorkspace) => Promise<string>;
}

/** `catalog:register`, for files of the task: a catalog that knows what else there is asks nobody for it. */
export function registerAction({ pathOf, register }: RegisterDeps): ScaffolderAction {
  return {
    ...backstageSchema('catalog:register'),
    supportsDryRun: true,
    async handler({ input, workspace, logger, output }) {
      const contents = textInput(input, 'repoContentsUrl');
      const below = (textInput(input, 'catalogInfoPath') ?? '/catalog-info.yaml').replace(
        /^\/+/,
        '',
      );
      const url = textInput(input, 'catalogInfoUrl') ?? `${contents ?? ''}/${below}`;
      const last = url.slice(url.lastIndexOf('/') + 1);
      const name = /^[^]+\.ya?ml$/.test(last) ? last : 'catalog-info.yaml';
      const path = pathOf(url) ?? (contents === undefined ? name : below);
      logger.info(await register(path, workspace));
      const entityRef = refIn(workspace, path);
      if (entityRef !== undefined) output('entityRef', entityRef);
      output('catalogInfoUrl', url);
    },
  };
}

/** The ref of the entity that a file of the task begins with, where it can be read. */
function refIn(workspace: TaskWorkspace, path: string): string | undefined {
  if (!workspace.has(path) || workspace.isDirectory(path)) return undefined;
  try {
    const [text = ''] = new TextDecoder().decode(workspace.readFile(path)).split(/^---\s*$/m, 1);
    const entity: unknown = parseYaml(text);
    if (!isRecord(entity) || !isRecord(entity['metadata'])) return undefined;
    const { name, namespace } = entity['metadata'];
    const ref = readEntityRef({ kind: entity['kind'], namespace, name });
    return ref.ok ? stringifyEntityRef(ref.value) : undefined;
  } catch {
    return undefined;
  }
}
