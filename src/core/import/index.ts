export { DescriptorImporter, type DescriptorImporterDeps } from './descriptorImporter';
