import { picturePolicy } from '../../../techdocs/core/pages';
import type { PortalStart } from '../../protocol';

export interface PortalHtmlOptions {
  /** Origin of the webview's resources. */
  readonly cspSource: string;
  /** Random value of the content security policy. */
  readonly nonce: string;
  /** Returns the URL of a built webview file. */
  readonly urlOf: (name: string) => string;
  readonly start: PortalStart;
  /** Web hosts that pictures may be loaded from. */
  readonly pictureHosts: readonly string[];
}

/**
 * Returns the HTML that loads the portal in a webview. The content security policy allows scripts and style sheets
 * from the extension only, without `unsafe-eval`, and pictures also from hosts that the user lists. Style attributes
 * are allowed: `sanitizeDocs` removes those in docs. Workers are blobs, because a webview can't start one from an
 * extension URL.
 */
export function portalHtml({
  cspSource,
  nonce,
  urlOf,
  start,
  pictureHosts,
}: PortalHtmlOptions): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' ${cspSource}`,
    // Mermaid measures text with style attributes and with style sheets that have the nonce.
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `font-src ${cspSource}`,
    `img-src ${[cspSource, 'data:', 'blob:', ...picturePolicy(pictureHosts)].join(' ')}`,
    `worker-src blob:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  // The app replaces the body. The script stays in the head for code that reads its nonce.
  return `<!DOCTYPE html>
<html lang="${escape(start.locale)}">
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" id="vscode-codicon-stylesheet" href="${escape(urlOf('codicon.css'))}">
    <link rel="stylesheet" href="${escape(urlOf('portal.css'))}">
    <script type="module" nonce="${nonce}" src="${escape(urlOf('portal.js'))}"></script>
    <title>Callboard</title>
  </head>
  <body data-start="${escape(JSON.stringify(start))}"></body>
</html>`;
}

export function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
