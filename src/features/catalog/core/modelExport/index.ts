// Separate from `core`: an export starts a program, which few windows do.

export {
  type BackendEntry,
  type ExportedModel,
  findBackendEntry,
  type ModelExporter,
  runModules,
} from './runModules';
export { writeLayers } from './writeLayers';
