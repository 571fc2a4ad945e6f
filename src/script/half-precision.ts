// Numbers of 16 bits, which JavaScript has no type for: rounding to them, and their bits.

/** The nearest number of half precision, ties to even; beyond its range, infinite. */
export function toHalf(value: number): number {
  const size = Math.abs(value);
  if (!(size < 65520)) return Number.isNaN(value) ? value : Math.sign(value) * Number.POSITIVE_INFINITY;
  const step = 2 ** (Math.max(Math.floor(Math.log2(size || 1)), -14) - 10);
  return Math.sign(value) * evenly(size / step) * step;
}

function evenly(value: number): number {
  const low = Math.floor(value);
  const part = value - low;
  return part > 0.5 || (part === 0.5 && low % 2 === 1) ? low + 1 : low;
}

/** The bits of numbers that were rounded by {@link toHalf}. */
export function halfBits(values: ArrayLike<number>): Uint16Array {
  return Uint16Array.from({ length: values.length }, (_, at) => bitsOf(values[at] ?? 0));
}

function bitsOf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | Math.round(size / 2 ** -24);
  const exponent = Math.floor(Math.log2(size));
  return sign | ((exponent + 15) << 10) | Math.round((size / 2 ** exponent - 1) * 1024);
}

/** The numbers of bits. */
export function fromHalfBits(bits: ArrayLike<number>): Float32Array {
  return Float32Array.from({ length: bits.length }, (_, at) => numberOf(bits[at] ?? 0));
}

function numberOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
