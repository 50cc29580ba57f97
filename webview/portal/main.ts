import { setDisplayLanguage } from '../../src/base';
import { portalNotifications, type PortalStart } from '../../src/features/portal/protocol';
import { setSingleKeys } from '../shared/controls';
import { acquireHost, connectToHost } from '../shared/host/connection';
import { Navigation } from './navigation';
import { PortalApp } from './PortalApp';

const start = JSON.parse(document.body.dataset['start'] ?? '{}') as PortalStart;
setDisplayLanguage(start);
setSingleKeys(start.singleKeys);
const host = acquireHost();
const connection = connectToHost(host);
window.addEventListener('error', ({ message, error }) => {
  const stack = error instanceof Error ? error.stack : undefined;
  void connection.sendNotification(portalNotifications.failed, { message, stack });
});
window.addEventListener('unhandledrejection', ({ reason }) => {
  const { message, stack } = reason instanceof Error ? reason : new Error(String(reason));
  void connection.sendNotification(portalNotifications.failed, { message, stack });
});
const app = new PortalApp();
app.connection = connection;
app.navigation = new Navigation(host, start.page);
document.body.replaceChildren(app);
