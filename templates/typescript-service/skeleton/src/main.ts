import { createApp } from './app.js';
import { readPort } from './config.js';

const port = readPort(process.env['PORT']);
const app = createApp();
app.listen(port, () => console.log(`Listening on port ${port}`));

// Finishes pending requests before the process exits.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    app.close();
    app.closeIdleConnections();
  });
}
