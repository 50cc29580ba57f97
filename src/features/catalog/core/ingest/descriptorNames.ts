/** File name that Backstage's own discovery searches; all documents of such a file count as descriptors. */
const DESCRIPTOR_NAME = /^catalog-info\.ya?ml$/i;

export function isDescriptorName(name: string): boolean {
  return DESCRIPTOR_NAME.test(name);
}
