import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEMO, files, isSkeleton, read, parse, isRecord, clean } from './demoFiles';

describe('documentation of the demo organization', () => {
  const sites = clean.flatMap(({ file, entity }) => {
    const ref = entity.metadata.annotations?.['backstage.io/techdocs-ref'];
    return ref === undefined ? [] : [posix.join(posix.dirname(file), ref.replace(/^dir:/, ''))];
  });

  /** Pages of a `nav`, at any depth. */
  function pages(nav: unknown): string[] {
    if (typeof nav === 'string') return [nav];
    return isRecord(nav) || Array.isArray(nav) ? Object.values(nav).flatMap(pages) : [];
  }

  it('has at least three sites', () => {
    expect(new Set(sites).size).toBeGreaterThanOrEqual(3);
  });

  it.each(sites)('%s lists exactly its pages', site => {
    const config: unknown = parse(read(posix.join(site, 'mkdocs.yml')))[0]?.toJS();
    const docs = posix.join(site, 'docs/');
    const present = files.filter(file => file.startsWith(docs) && file.endsWith('.md'));
    expect(
      pages(isRecord(config) ? config['nav'] : undefined)
        .map(page => posix.join(docs, page))
        .sort(),
    ).toEqual(present);
  });

  it('links to existing files', () => {
    const dead = files
      .filter(file => file.endsWith('.md') && !isSkeleton(file))
      .flatMap(file =>
        // Code is not followed: it shows links that are not ours.
        [
          ...read(file)
            .replace(/```[\s\S]*?```|`[^`\n]*`/g, '')
            .matchAll(/\]\(([^)#\s]+)/g),
        ]
          .map(match => match[1] ?? '')
          .filter(target => !/^[a-z]+:/.test(target))
          .filter(target => !existsSync(join(DEMO, dirname(file), target)))
          .map(target => `${file}: ${target}`),
      );
    expect(dead).toEqual([]);
  });
});
