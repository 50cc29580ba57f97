// Separate from `core`, which the editor loads at start without Backstage's own model and the schema compiler.

export { loadLayers } from '../modelLayers/loadModel';
export { type ModelChange, modelChanges } from './modelChanges';
