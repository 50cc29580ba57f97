import type { Disposable } from '../../../../../../api';
import type { CatalogViewContext } from '../../tree/catalogViewContext';

/**
 * New Descriptor: a catalog-info.yaml for the first folder; and for a file that belongs to no entity,
 * in a folder above it, beside what else can be done then.
 */
export function registerNewDescriptor({ actions }: CatalogViewContext): readonly Disposable[] {
  return [
    actions.registerCommand('callboard.catalog.newDescriptor', async () => {
      const { newDescriptor } = await import('../../descriptorCreation');
      await newDescriptor();
    }),
    actions.registerCommand('callboard.catalog.describeFile', async () => {
      const { describeFile } = await import('../../descriptorCreation');
      await describeFile();
    }),
  ];
}
