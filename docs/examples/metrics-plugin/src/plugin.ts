import * as api from '@callboard/api';

const { catalog, files, portal } = api.coreServices;
const where = { kind: 'Component' };
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
type Found = { rating: string; file: string; text: string };

export default api.createPortalPlugin({
  id: 'metrics',
  register: env =>
    env.registerInit({
      deps: { ...api.extensionPoints, catalog, files, portal },
      async init({ catalog, files, portal, ...points }) {
        const found = new Map<string, Found>();
        const changed = new api.Emitter<ReadonlySet<string>>();
        const read = async () => {
          for (const entity of catalog.getEntities({ where })) {
            const file = files.of(entity)?.uri('sonar.json') ?? '';
            const text = await files.readFile(file).then(decode, () => undefined);
            if (text) found.set(api.refOf(entity), { rating: JSON.parse(text).rating, file, text });
          }
          changed.fire(new Set([...found.values()].map(({ file }) => file)));
        };
        const added = [
          files.watch('**/sonar.json')(() => void read()),
          points.problemSources.addProblemSource({
            onDidChangeProblems: changed.event,
            getProblems: uri =>
              [...found.values()].filter(({ file }) => file === uri).flatMap(check),
          }),
          points.searchFilters.addSearchFilter({
            id: 'rating',
            title: 'Rating',
            valuesOf: entity => [found.get(api.refOf(entity))?.rating ?? 'none'],
          }),
          points.entityCommands.addEntityCommand({
            id: 'metrics.show',
            title: 'Show Quality',
            where,
            run: entity =>
              portal.open({ page: 'entity', entityRef: api.refOf(entity), tab: 'quality' }),
          }),
          points.agentTools.addAgentTool({
            id: 'metrics_ratings',
            title: 'Ratings',
            description: 'Returns the rating of each measured component.',
            inputSchema: { type: 'object' },
            run: () => Object.fromEntries([...found].map(([ref, { rating }]) => [ref, rating])),
          }),
        ];
        await read();
        return added;
      },
    }),
});

function check({ rating, text }: Found): readonly api.ReportedProblem[] {
  if (/^[A-E]$/.test(rating)) return [];
  const start = text.indexOf(`"${rating}"`) + 1;
  const range = new api.LineIndex(text).rangeAt(start, start + rating.length);
  const fixes = [{ title: 'Use Upper Case', edits: [{ range, newText: rating.toUpperCase() }] }];
  return [{ code: 'metrics-rating', message: 'A rating is A, B, C, D or E.', range, fixes }];
}
