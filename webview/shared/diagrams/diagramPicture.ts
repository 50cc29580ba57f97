import { translate } from '../translate';
import { diagramTitle } from './diagramTitle';

/** A drawing as a picture: what is in a picture can neither run, nor load anything, nor style the page. */
export function diagramPicture(svg: string, source: string): HTMLImageElement {
  const image = document.createElement('img');
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  // As large as it was drawn, unless there is less room; Mermaid says that its drawings take all there is.
  const [root = ''] = /^<svg[^>]*>/.exec(svg) ?? [];
  const width = root.includes(' width="100%"')
    ? /viewBox="\S+ \S+ ([\d.]+) /.exec(root)?.[1]
    : undefined;
  if (width !== undefined) image.width = Math.ceil(Number(width));
  image.alt = translate('Diagram: {0}', diagramTitle(source));
  return image;
}
