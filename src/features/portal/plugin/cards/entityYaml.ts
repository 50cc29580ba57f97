import { stringify } from 'yaml';
import type { Entity } from '../../../../api';

/** The entity as one YAML document. A module of its own, so that `yaml` is loaded on demand. */
export const entityYaml = (entity: Entity): string => stringify(entity, { lineWidth: 0 });
