import type { BackstageInstances, InstanceTemplates, TemplateInstance } from '../../../../api';

export interface InstanceRunDeps {
  readonly instances: Pick<BackstageInstances, 'getInstance'>;
}

/**
 * The Templates of an instance.
 *
 * @throws an Error where it is a source no more
 */
export async function templatesOf(
  { id, name }: TemplateInstance,
  { instances }: InstanceRunDeps,
): Promise<InstanceTemplates> {
  const instance = await instances.getInstance(id);
  if (!instance) {
    throw new Error(`${name} is no source of the catalog any more. Add it again to ask it.`);
  }
  return instance.templates;
}
