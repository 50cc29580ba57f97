import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { recordAt } from '../../../../model/json';

export interface AbsoluteUrlsDeps {
  /** What a relative address means beside another one. @throws an Error where that is none */
  readonly resolveUrl: (reference: string, base: string) => string;
}

/**
 * A Template whose steps fetch from the addresses that relative ones mean where it stands. A server that tries a Template
 * does not know where that is; one that is said in full it asks as it does when it runs it.
 *
 * Source: `fetchContents` of `plugins/scaffolder-node`, and `getEntityBaseUrl` of `plugins/scaffolder-backend`.
 */
export function withAbsoluteUrls(template: JsonObject, deps: AbsoluteUrlsDeps): JsonObject {
  const base = baseUrlOf(template);
  const spec = recordAt(template, 'spec');
  if (base === undefined || !Array.isArray(spec['steps'])) return template;
  const steps = spec['steps'].map((step: JsonValue) => withAbsoluteUrl(step, base, deps));
  return { ...template, spec: { ...spec, steps } };
}

/** Whether a step fetches what lies beside the Template. */
export function fetchesBeside(template: JsonObject): boolean {
  const { steps } = recordAt(template, 'spec');
  return Array.isArray(steps) && steps.some(step => relativeUrlOf(step) !== undefined);
}

/** Undefined where it is none of the web. */
function baseUrlOf(template: JsonObject): string | undefined {
  const annotations = recordAt(recordAt(template, 'metadata'), 'annotations');
  const location =
    annotations['backstage.io/source-location'] ?? annotations['backstage.io/managed-by-location'];
  return typeof location === 'string' && /^url:https?:/.test(location)
    ? location.slice('url:'.length)
    : undefined;
}

function withAbsoluteUrl(step: JsonValue, base: string, deps: AbsoluteUrlsDeps): JsonValue {
  const url = relativeUrlOf(step);
  if (url === undefined || !isRecord(step) || !isRecord(step['input'])) return step;
  const absolute = absoluteUrl(url, base, deps);
  return absolute === undefined ? step : { ...step, input: { ...step['input'], url: absolute } };
}

function relativeUrlOf(step: JsonValue): string | undefined {
  if (!isRecord(step) || !isRecord(step['input'])) return undefined;
  const { action, input } = step;
  const { url } = input;
  if (typeof action !== 'string' || !action.startsWith('fetch:')) return undefined;
  // What is worked out as a whole may be anything.
  const isRelative = typeof url === 'string' && !URL.canParse(url) && !/^\s*\$\{\{/.test(url);
  return isRelative ? url : undefined;
}

/** What is worked out of what was filled in stays as it is: only what stands before it is known. */
function absoluteUrl(url: string, base: string, deps: AbsoluteUrlsDeps): string | undefined {
  const start = url.search(/\$\{\{|\{%/);
  const folder = start < 0 ? url : url.slice(0, url.lastIndexOf('/', start) + 1);
  try {
    return deps.resolveUrl(folder, base) + url.slice(folder.length);
  } catch {
    return undefined;
  }
}
