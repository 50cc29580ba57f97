import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { exportLayers } from './features/catalog/node';

// Runs as a process of its own: `node modelExporter.mjs ENTRY MARK`, where ENTRY is a URI.
const [entry, mark] = process.argv.slice(2);
if (entry === undefined || mark === undefined) throw new Error('Callboard starts this program.');
const result = await exportLayers(fileURLToPath(entry), createRequire(entry));
const output = new TextEncoder().encode(`${mark}${JSON.stringify(result)}`);
// Not through the stream, which modules may have replaced.
for (let at = 0; at < output.length;) at += writeSync(1, output, at);
process.exit(0);
