export { exportLayers } from './exportLayers';
