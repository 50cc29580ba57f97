import { stringify } from 'yaml';
import type { Entity } from '../../../../api';

/** Serializes the entity as a YAML document. A separate module, so that `yaml` is loaded on demand. */
export const entityYaml = (entity: Entity): string => stringify(entity, { lineWidth: 0 });
