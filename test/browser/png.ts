import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A picture of at most 256 colours. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 0xRRGGBB each. */
  readonly colours: readonly number[];
  /** Row by row, which of `colours` each pixel has. */
  readonly pixels: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;
/** So many of a picture's colours stay as they are; the others are those of their neighbourhood. */
const EXACT = 160;

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
};

/** The picture as PNG, with a palette. */
export const encodePng = ({ width, height, colours, pixels }: Picture): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // eight bits, a palette
  header.set([8, 3], 8);
  const palette = Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** What a byte is reckoned from, by the number of a row's filter: the one to the left, above, and above left. */
const predicted = (filter: number, left: number, up: number, corner: number): number => {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [a, b, c] = [left, up, corner].map((each) => Math.abs(left + up - corner - each)) as [number, number, number];
  return a <= b && a <= c ? left : b <= c ? up : corner;
};

/** The colours of a browser's screenshot, row by row: eight bits a channel, with or without alpha. */
const decodePng = (png: Buffer): { readonly width: number; readonly height: number; readonly colours: Uint32Array } => {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = { 2: 3, 6: 4 }[png.readUInt8(25)];
  if (png.readUInt8(24) !== 8 || channels === undefined) throw new Error('this is no picture of a browser');
  const data: Buffer[] = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const packed = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  const bytes = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < channels ? 0 : (bytes[at - channels] ?? 0);
      const up = y === 0 ? 0 : (bytes[at - stride] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (bytes[at - stride - channels] ?? 0);
      bytes[at] = (packed[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  const colours = new Uint32Array(width * height);
  for (let i = 0; i < colours.length; i += 1) colours[i] = bytes.readUIntBE(i * channels, 3);
  return { width, height, colours };
};

const apart = (a: number, b: number): number =>
  ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;

/**
 * A screenshot with at most 256 colours: those that occur most, and of the rest the commonest of each neighbourhood. Pages
 * have few colours, and the shades of their letters; so nothing is to be seen of it, and the file is a third.
 */
export const inFewColours = (screenshot: Buffer): Buffer => {
  const { width, height, colours } = decodePng(screenshot);
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
  const neighbourhoods = new Map<number, number>();
  for (const colour of byCount.slice(EXACT)) {
    const around = colour & 0xe0e0e0;
    if (!neighbourhoods.has(around)) neighbourhoods.set(around, colour);
  }
  const kept = [...byCount.slice(0, EXACT), ...neighbourhoods.values()].slice(0, MOST_COLOURS);
  const index = new Map(
    byCount.map((colour) => {
      const distances = kept.map((each) => apart(each, colour));
      return [colour, distances.indexOf(Math.min(...distances))];
    }),
  );
  return encodePng({ width, height, colours: kept, pixels: Uint8Array.from(colours, (each) => index.get(each) ?? 0) });
};
