/** The names that Backstage's own discovery looks for; whatever stands in such a file is meant. */
const DESCRIPTOR_NAME = /^catalog-info\.ya?ml$/i;

export function isDescriptorName(name: string): boolean {
  return DESCRIPTOR_NAME.test(name);
}
