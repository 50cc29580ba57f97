import {
  createExtensionPoint,
  createPortalPlugin,
  type Disposable,
  extensionPoints,
  Registry,
} from '@callboard/api';

interface Report {
  readonly id: string;
  readonly text: string;
}

export const reportsExtensionPoint = createExtensionPoint<{
  addReport(report: Report): Disposable;
}>({ id: 'reports.reports' });

/** A home card with the reports that other plugins add. */
export default createPortalPlugin({
  id: 'reports',
  register(env) {
    const reports = new Registry<Report>();
    env.registerExtensionPoint(reportsExtensionPoint, { addReport: report => reports.add(report) });
    env.registerInit({
      deps: { cards: extensionPoints.homeCards },
      init: ({ cards }) =>
        cards.addHomeCard({
          id: 'reports.card',
          title: 'Reports',
          load: () => ({
            type: 'text',
            text: reports
              .all()
              .map(({ text }) => text)
              .join('\n'),
          }),
          onDidChange: reports.onDidChange,
        }),
    });
  },
});
