import { createPortalPlugin, extensionPoints } from '@callboard/api';

export default createPortalPlugin({
  id: 'wiki',
  register: env =>
    env.registerInit({
      deps: { providers: extensionPoints.searchProviders },
      init: ({ providers }) =>
        providers.addProvider({
          id: 'wiki',
          title: 'Wiki',
          async find({ text, limit }, signal) {
            const url = `https://wiki.acme.dev/search?q=${encodeURIComponent(text)}`;
            const response = await fetch(`${url}&limit=${limit}`, { signal });
            const pages = (await response.json()) as { title: string; url: string }[];
            return pages.map(page => ({
              key: page.url,
              title: { text: page.title, marks: [] },
              kind: 'Wiki',
              icon: 'globe',
              target: { type: 'url', url: page.url },
            }));
          },
        }),
    }),
});
