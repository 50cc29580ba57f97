import { stringify } from 'yaml';
import { type JsonObject, parseEntityRef } from '../../src/model';

const SPECS: Readonly<Record<string, JsonObject>> = {
  component: { type: 'service', lifecycle: 'production', owner: 'team' },
  api: { type: 'openapi', lifecycle: 'production', owner: 'team', definition: 'openapi: 3.0.0' },
  resource: { type: 'database', owner: 'team' },
  system: { owner: 'team' },
  domain: { owner: 'team' },
  group: { type: 'team', children: [] },
  user: { memberOf: [] },
  location: {},
  template: { type: 'service', steps: [] },
  airesource: { type: 'tool', lifecycle: 'production', owner: 'team' },
};

const KINDS = [
  'Component',
  'API',
  'Resource',
  'System',
  'Domain',
  'Group',
  'User',
  'Location',
  'Template',
  'AiResource',
];

/**
 * Returns the text of a valid descriptor; `spec` is merged with the required fields of the kind, and
 * undefined removes a field.
 *
 * @param ref - such as `component:shop` or `group:other/team`
 */
export function aDescriptor(
  ref: string,
  spec: Readonly<Record<string, unknown>> = {},
  metadata: Readonly<Record<string, unknown>> = {},
): string {
  const { kind: written, namespace, name } = parseEntityRef(ref);
  const lower = written.toLowerCase();
  const kind = KINDS.find(known => known.toLowerCase() === lower) ?? written;
  return stringify({
    apiVersion: kind === 'Template' ? 'scaffolder.backstage.io/v1beta3' : 'backstage.io/v1alpha1',
    kind,
    metadata: { name, ...(namespace !== 'default' && { namespace }), ...metadata },
    spec: { ...SPECS[lower], ...spec },
  });
}

/** Returns a descriptor of a Component. */
export function aComponent(name: string, spec: Readonly<Record<string, unknown>> = {}): string {
  return aDescriptor(`component:${name}`, spec);
}

/** Returns a descriptor of a Location of a type that only sources read. */
export function aGitLocation(target: string): string {
  return aDescriptor('location:git', { type: 'git', target });
}

/** Returns a descriptor of a Location with the targets. */
export function aLocation(name: string, ...targets: string[]): string {
  return aDescriptor(`location:${name}`, { targets });
}

/** Joins documents into one file. */
export function documents(...texts: readonly string[]): string {
  return texts.join('---\n');
}
