import { describe, expect, it } from 'vitest';
import {
  fetchesRelativeUrls,
  withAbsoluteUrls,
} from '../../../../../../src/features/scaffolder/core/instances/absoluteUrls';
import { ScmIntegrations } from '../../../../../../src/features/scm/core/urlReaders';
import type { JsonObject, JsonValue } from '../../../../../../src/model';

const integrations = new ScmIntegrations(() => new Map([['github.com', 'github']]));

const templateOf = (annotations: JsonObject, url: JsonValue, action = 'fetch:template') => ({
  metadata: { annotations },
  spec: { steps: [{ action, input: { url, targetPath: '.' } }] },
});

function urlIn(template: JsonObject): unknown {
  const resolved = withAbsoluteUrls(template, {
    resolveUrl: (reference, base) => integrations.resolveUrl(reference, base),
  });
  const { steps } = resolved['spec'] as { steps: { input: { url: unknown } }[] };
  return steps[0]?.input.url;
}

const SOURCE = { 'backstage.io/source-location': 'url:https://github.com/acme/t/tree/main/one/' };
const AT = 'https://github.com/acme/t/tree/main/one/';

describe('dry run of a template with absolute URLs', () => {
  it.each([
    ['./skeleton', `${AT}skeleton`],
    ['skeleton/${{ parameters.kind }}/a', `${AT}skeleton/\${{ parameters.kind }}/a`],
    ['./skeleton-${{ parameters.kind }}', `${AT}skeleton-\${{ parameters.kind }}`],
    ['/shared', 'https://github.com/acme/t/tree/main/shared'],
    ['https://example.com/a', 'https://example.com/a'],
    ['${{ parameters.url }}', '${{ parameters.url }}'],
  ])('fetches %s from %s', (written, absolute) => {
    expect(urlIn(templateOf(SOURCE, written))).toBe(absolute);
  });

  it('keeps URLs of unknown locations, actions and values', () => {
    const byLocation = {
      'backstage.io/managed-by-location':
        'url:https://github.com/acme/t/blob/main/one/template.yaml',
    };
    expect(urlIn(templateOf(byLocation, './skeleton'))).toBe(`${AT}skeleton`);
    const onDisk = { 'backstage.io/managed-by-location': 'file:/srv/template.yaml' };
    expect(urlIn(templateOf(onDisk, './skeleton'))).toBe('./skeleton');
    expect(urlIn(templateOf(SOURCE, './skeleton', 'acme:do'))).toBe('./skeleton');
    expect(urlIn(templateOf(SOURCE, 7))).toBe(7);
    const odds: readonly JsonObject[] = [
      {},
      { spec: { steps: [7, { action: 'fetch:plain' }] } },
      { spec: [] },
    ];
    for (const odd of odds) {
      expect(withAbsoluteUrls(odd, { resolveUrl: () => '' })).toEqual(odd);
    }
  });

  it('detects relative URLs of a template', () => {
    expect(fetchesRelativeUrls(templateOf({}, './skeleton'))).toBe(true);
    expect(fetchesRelativeUrls(templateOf({}, 'https://a/b'))).toBe(false);
    expect(fetchesRelativeUrls(templateOf({}, '${{ parameters.url }}'))).toBe(false);
    expect(fetchesRelativeUrls({})).toBe(false);
  });
});
