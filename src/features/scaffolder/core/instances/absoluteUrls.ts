import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { recordAt } from '../../../../model/json';

export interface AbsoluteUrlsDeps {
  /**
   * Resolves a relative URL.
   * @throws Error if it can't be resolved
   */
  readonly resolveUrl: (reference: string, base: string) => string;
}

/**
 * Makes relative URLs in fetch steps absolute. For a dry run, the server doesn't know the Template's location.
 * Source: `fetchContents` of `plugins/scaffolder-node`, and `getEntityBaseUrl` of `plugins/scaffolder-backend`.
 */
export function withAbsoluteUrls(template: JsonObject, deps: AbsoluteUrlsDeps): JsonObject {
  const base = baseUrlOf(template);
  const spec = recordAt(template, 'spec');
  if (base === undefined || !Array.isArray(spec['steps'])) return template;
  const steps = spec['steps'].map((step: JsonValue) => withAbsoluteUrl(step, base, deps));
  return { ...template, spec: { ...spec, steps } };
}

/** Whether a step fetches a relative URL. */
export function fetchesRelativeUrls(template: JsonObject): boolean {
  const { steps } = recordAt(template, 'spec');
  return Array.isArray(steps) && steps.some(step => relativeUrlOf(step) !== undefined);
}

/** The Template's web URL, if it has one. */
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
  // An expression at the start may render any URL.
  const isRelative = typeof url === 'string' && !URL.canParse(url) && !/^\s*\$\{\{/.test(url);
  return isRelative ? url : undefined;
}

/** Resolves the part before the first expression, and keeps the rest. */
function absoluteUrl(url: string, base: string, deps: AbsoluteUrlsDeps): string | undefined {
  const start = url.search(/\$\{\{|\{%/);
  const folder = start < 0 ? url : url.slice(0, url.lastIndexOf('/', start) + 1);
  try {
    return deps.resolveUrl(folder, base) + url.slice(folder.length);
  } catch {
    // It stays relative, and the server that runs the step reports it.
    return undefined;
  }
}
