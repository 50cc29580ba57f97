import { describe, expect, it } from 'vitest';
import type { TechDocsSite } from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import { DocsChecker, LiveDocsProblems } from '../../../../../../src/features/techdocs/core';
import type { FileChange } from '../../../../../../src/platform/core/ports';
import { fileUri } from '../../../../../support/inMemoryFileSystem';
import { at, SiteInMemory } from '../../../../../support/siteInMemory';
import { TestClock } from '../../../../../support/testClock';

/** A site and its problems while some of its files are open. */
class LiveSite {
  readonly site: SiteInMemory;
  readonly live: LiveDocsProblems;
  readonly checker: DocsChecker;
  readonly open = new Set<string>();
  /** In the order of reports. */
  readonly reported: string[] = [];
  asked = 0;

  constructor(files: Readonly<Record<string, string>>) {
    this.site = new SiteInMemory({ 'mkdocs.yml': 'site_name: Ferry\n', ...files });
    const fileSystem = this.site.files;
    this.checker = new DocsChecker({ fileSystem, clock: new TestClock() });
    const info: TechDocsSite = {
      id: at(''),
      name: 'site',
      folder: at(''),
      origin: 'mkdocs',
      config: at('mkdocs.yml'),
      entityRefs: [],
      sharedWith: [],
    };
    this.live = new LiveDocsProblems({
      sites: {
        getSites: () => {
          this.asked++;
          return Promise.resolve([info]);
        },
        build: async () => this.site.reader.read(),
      },
      checker: this.checker,
      fileSystem,
      logger: silentLogger,
      openFiles: () => this.open,
      show: (file, problems) => {
        const codes = problems.map(({ code }) => code).join();
        this.reported.push(`${file.slice(at('').length + 1)}: ${codes}`);
      },
    });
  }

  takeReported(): readonly string[] {
    return this.reported.splice(0);
  }

  async change(texts: Readonly<Record<string, string | undefined>>): Promise<void> {
    await this.site.change(texts);
    const changes = Object.keys(texts).map((path): FileChange => ({
      type: 'changed',
      uri: at(path),
    }));
    this.checker.invalidate(changes.map(({ uri }) => uri));
    await this.live.changed(changes);
  }
}

describe('live problems of docs', () => {
  const files = {
    'docs/index.md': '[a](none.md)',
    'docs/more.md': '[a](index.md#home)',
    'docs/other.md': '# Other',
  };

  it('come from open pages first, then from the whole site', async () => {
    const site = new LiveSite(files);
    site.open.add(at('docs/more.md'));
    await site.live.update();
    expect(site.takeReported()).toEqual([
      'docs/more.md: page-anchor-missing',
      'docs/index.md: page-link-missing',
    ]);
  });

  it('follow edits, also on other pages', async () => {
    const site = new LiveSite(files);
    site.open.add(at('docs/index.md'));
    await site.live.update();
    site.takeReported();
    await site.change({ 'docs/index.md': '# Home' });
    expect(site.takeReported()).toEqual(['docs/index.md: ', 'docs/more.md: ']);
    await site.change({ 'docs/index.md': '# Away' });
    expect(site.takeReported()).toEqual(['docs/more.md: page-anchor-missing']);
    await site.change({ 'docs/other.md': undefined, 'docs/index.md': '# Home\n\n[a](other.md)' });
    expect(site.takeReported()).toEqual(['docs/index.md: page-link-missing', 'docs/more.md: ']);
  });

  it('are not computed without a config above an open page', async () => {
    const site = new LiveSite(files);
    site.site.files.write('/work/README.md', '[a](none.md)');
    site.open.add(fileUri('/work/README.md'));

    site.open.add(at('docs/image.png'));
    await site.live.update();
    expect([site.takeReported(), site.asked]).toEqual([[], 0]);
  });

  it('are cleared when the last file is closed', async () => {
    const site = new LiveSite(files);
    site.open.add(at('mkdocs.yml'));
    await site.live.update();
    expect(site.takeReported()).toHaveLength(2);
    site.open.clear();
    await site.live.update();
    expect(site.takeReported()).toEqual(['docs/index.md: ', 'docs/more.md: ']);
  });
});
