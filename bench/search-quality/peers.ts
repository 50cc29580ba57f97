import uFuzzy from '@leeoniya/ufuzzy';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import type { IndexedSource } from '../../src/features/search/core';
import type { Candidate, Found } from './candidates';
import { readPeerQuery, textOf } from './peerQuery';
import { SEEN } from './scoring';

/* Libraries over the same documents, each as its own documentation says to use it. */

export const peers: readonly Candidate[] = [
  peer('fuse.js alone', documents => {
    const fuse = new Fuse(documents, {
      keys: [
        { name: 'document.title', weight: 3 },
        { name: 'document.names', weight: 3 },
        { name: 'document.keywords', weight: 1 },
        { name: 'document.path', weight: 1 },
        { name: 'document.text', weight: 1 },
      ],
      ignoreLocation: true,
      ignoreDiacritics: true,
    });
    return words => fuse.search(words).map(({ item }) => item);
  }),
  peer('minisearch', documents => {
    const fields = ['title', 'names', 'keywords', 'path', 'text'];
    const index = new MiniSearch<{ id: number }>({
      fields,
      searchOptions: {
        prefix: true,
        fuzzy: 0.2,
        combineWith: 'AND',
        boost: { title: 3, names: 3 },
      },
    });
    index.addAll(
      documents.map(({ document }, id) => ({
        id,
        title: document.title,
        names: document.names?.join(' '),
        keywords: document.keywords?.join(' '),
        path: document.path?.join(' '),
        text: document.text,
      })),
    );
    return words => index.search(words).flatMap(({ id }) => documents[Number(id)] ?? []);
  }),
  peer('uFuzzy', documents => {
    const haystack = uFuzzy.latinize(
      documents.map(({ document }) => `${textOf(document)}\n${document.path?.join(' ') ?? ''}`),
    );
    // The library's settings for non-Latin letters.
    const fuzzy = new uFuzzy({
      unicode: true,
      intraMode: 1,
      interSplit: "[^\\p{L}\\d']+",
      intraSplit: '\\p{Ll}\\p{Lu}',
      intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
      intraChars: "[\\p{L}\\d']",
      intraContr: "'\\p{L}{1,2}\\b",
    });
    return words => {
      const [places, info, order] = fuzzy.search(
        haystack,
        uFuzzy.latinize(words),
        5,
        haystack.length,
      );
      const ranked = info && order ? order.map(at => info.idx[at]) : (places ?? []);
      return ranked.flatMap(at => (at === undefined ? [] : (documents[at] ?? [])));
    };
  }),
];

function peer(
  name: string,
  index: (documents: readonly Found[]) => (words: string) => readonly Found[],
): Candidate {
  return {
    name,
    open(sources: readonly IndexedSource[]) {
      const all = sources.flatMap(({ type, documents }) =>
        documents.map(document => ({ type, document })),
      );
      const find = index(all);
      return (text, who) => {
        const { words, allows } = readPeerQuery(text, who);
        return (words ? find(words) : all).filter(allows).slice(0, SEEN);
      };
    },
  };
}
