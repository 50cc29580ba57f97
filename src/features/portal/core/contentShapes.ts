/** Returns a copy of a value that has a shape, of the fields that the shape names. @throws ShapeFault */
export type Shape<T> = (value: unknown) => T;

/** A value that doesn't have the shape that it should have. */
export class ShapeFault extends Error {
  /** Keys and indices from the value that was checked, the innermost first. */
  readonly path: (string | number)[] = [];
  /** The `type` that no shape has, where that is the reason. */
  readonly unknownType: string | undefined;

  constructor(message: string, unknownType?: string) {
    super(message);
    this.unknownType = unknownType;
  }
}

export const text: Shape<string> = value => {
  if (typeof value !== 'string') throw new ShapeFault('must be a text');
  return value;
};

export const flag: Shape<boolean> = value => {
  if (typeof value !== 'boolean') throw new ShapeFault('must be true or false');
  return value;
};

export const amount: Shape<number> = value => {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new ShapeFault('must be a number');
  return value;
};

/** A line or a character. */
export const index: Shape<number> = value => {
  if (!Number.isInteger(value) || Number(value) < 0) {
    throw new ShapeFault('must be a number from 0');
  }
  return Number(value);
};

export function oneOf<T extends string>(...values: readonly T[]): Shape<T> {
  const known: ReadonlySet<unknown> = new Set(values);
  return value => {
    if (!known.has(value)) throw new ShapeFault(`must be one of: ${values.join(', ')}`);
    return value as T;
  };
}

export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return value => (value === undefined ? undefined : shape(value));
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return value => {
    if (!Array.isArray(value)) throw new ShapeFault('must be an array');
    const items: T[] = [];
    try {
      for (const item of value) items.push(shape(item));
    } catch (error) {
      throw inside(error, items.length);
    }
    return items;
  };
}

export function record<T extends object>(fields: {
  readonly [K in keyof T]-?: Shape<T[K]>;
}): Shape<T> {
  const entries = Object.entries<Shape<unknown>>(fields);
  return value => {
    if (typeof value !== 'object' || value === null) throw new ShapeFault('must be an object');
    const copy: Record<string, unknown> = {};
    let key = '';
    try {
      for (const [name, shape] of entries) {
        key = name;
        const field = shape((value as Record<string, unknown>)[name]);
        if (field !== undefined) copy[name] = field;
      }
    } catch (error) {
      throw inside(error, key);
    }
    return copy as T;
  };
}

/** One of several records, which their `type` tells apart. */
export function union<T extends { readonly type: string }>(shapes: {
  readonly [K in T['type']]: Shape<Omit<Extract<T, { type: K }>, 'type'>>;
}): Shape<T> {
  const byType = new Map(Object.entries<Shape<object>>(shapes));
  return value => {
    if (typeof value !== 'object' || value === null) throw new ShapeFault('must be an object');
    const type: unknown = Reflect.get(value, 'type');
    const shape = typeof type === 'string' ? byType.get(type) : undefined;
    if (shape) return Object.assign({ type }, shape(value)) as unknown as T;
    const fault =
      typeof type === 'string'
        ? new ShapeFault('is unknown', type.slice(0, 100))
        : new ShapeFault('must be a text');
    throw inside(fault, 'type');
  };
}

/** A shape that is declared further below, or contains itself. */
export function later<T>(shape: () => Shape<T>): Shape<T> {
  return value => {
    if (nesting >= MAX_NESTING) throw new RangeError();
    nesting++;
    try {
      return shape()(value);
    } finally {
      nesting--;
    }
  };
}

/** Deeper contents would exhaust the stack of what walks through them. */
const MAX_NESTING = 200;
/** How many shapes that contain themselves are being checked. */
let nesting = 0;

/** Plain data, as it arrives where it is sent. */
export const data: Shape<unknown> = value => {
  const json = JSON.stringify(value) as string | undefined;
  return json === undefined ? undefined : (JSON.parse(json) as unknown);
};

function inside(error: unknown, key: string | number): unknown {
  if (error instanceof ShapeFault) error.path.push(key);
  return error;
}
