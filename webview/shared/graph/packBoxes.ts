interface Box {
  readonly width: number;
  readonly height: number;
}

/** Puts boxes in rows, in their order, into about the shape that is wanted: by box, its left and top. */
export function pack(
  boxes: readonly Box[],
  { gap, aspect }: { readonly gap: number; readonly aspect: number },
): readonly (readonly [left: number, top: number])[] {
  const area = boxes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const widest = Math.max(0, ...boxes.map(({ width }) => width));
  const wanted = Math.max(widest, Math.sqrt(area * aspect));
  let left = 0;
  let top = 0;
  let rowHeight = 0;
  return boxes.map(({ width, height }) => {
    if (left > 0 && left + width > wanted) {
      top += rowHeight + gap;
      left = 0;
      rowHeight = 0;
    }
    const place = [left, top] as const;
    left += width + gap;
    rowHeight = Math.max(rowHeight, height);
    return place;
  });
}
