import type { Palette } from './palette';
import { boundsOf, CAPTION_SIZE, curveOf, middleOf, type Scene, TITLE_SIZE } from './scene';

const MARGIN = 24;

/** Returns a graph as a self-contained SVG, without references to files, in the current colors. */
export function sceneSvg({ flow, nodes, edges }: Scene, palette: Palette): string {
  const { left, top, right, bottom } = boundsOf(nodes);
  const box = [left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN];
  const size = box.map(value => Math.round(value));
  const background = attribute(palette.background);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${size.join(' ')}" width="${size[2]}" height="${size[3]}" font-family="${attribute(palette.font)}">`,
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 1 8 4 0 7z" fill="${attribute(palette.edge)}"/></marker></defs>`,
    `<rect x="${size[0]}" y="${size[1]}" width="${size[2]}" height="${size[3]}" fill="${background}"/>`,
    ...edges.map(edge => {
      const curve = curveOf(edge, flow);
      const { from, to, controls } = curve;
      const [x, y] = middleOf(curve);
      const path = `M${point(from)}C${point(controls[0])} ${point(controls[1])} ${point(to)}`;
      const dashes = edge.view.isImplied ? ' stroke-dasharray="5 4"' : '';
      return (
        `<path d="${path}" fill="none" stroke="${attribute(palette.edge)}"${dashes} marker-end="url(#arrow)"/>` +
        `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="9" text-anchor="middle" fill="${attribute(palette.muted)}" stroke="${background}" stroke-width="3" paint-order="stroke">${text(edge.label)}</text>`
      );
    }),
    ...nodes.map(({ view, x, y, width, height, label, caption }) => {
      const [nodeLeft, nodeTop] = [x - width / 2, y - height / 2];
      const dashes = view.exists ? '' : ' stroke-dasharray="4 3"';
      const color = palette.kinds.get(view.kind.toLowerCase()) ?? palette.muted;
      const line = view.isRoot ? palette.text : palette.line;
      return (
        `<g transform="translate(${nodeLeft.toFixed(1)} ${nodeTop.toFixed(1)})"><title>${text(view.ref)}</title>` +
        `<rect width="${width}" height="${height}" rx="5" fill="${attribute(palette.surface)}" stroke="${attribute(line)}"${dashes}/>` +
        `<rect width="4" height="${height}" fill="${attribute(color)}"/>` +
        `<text x="14" y="${height / 2 - 2}" font-size="${TITLE_SIZE}" fill="${attribute(palette.text)}">${text(label)}</text>` +
        `<text x="14" y="${height / 2 + 11}" font-size="${CAPTION_SIZE}" fill="${attribute(palette.muted)}">${text(caption)}</text></g>`
      );
    }),
    '</svg>',
    '',
  ].join('\n');
}

function point([x, y]: readonly [number, number]): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function text(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(unprintable, '\ufffd');
}

function attribute(value: string): string {
  return text(value).replaceAll('"', '&quot;');
}

/** Characters that XML forbids. */
const unprintable = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Surrogate}/gu;
