/** As much of docs/PROTOCOL.md as it takes to lie well: the two answers that carry a vault, taken apart and put together. */

const MANIFEST = 2244;

export interface Entry {
  id: string;
  rev: bigint;
  op: number;
  hash: Buffer;
}

export interface Pulled {
  manifest: Buffer;
  header: Buffer | null;
  buckets: { index: number; entries: Entry[] }[];
}

export interface Row {
  id: string;
  rev: bigint;
  op: number;
  blob: Buffer;
}

export interface RowList {
  rows: Row[];
  more: number;
}

class Cursor {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  take(length: number): Buffer {
    const part = this.bytes.subarray(this.at, this.at + length);
    if (part.length !== length) throw new Error('the answer is shorter than it says');
    this.at += length;
    return Buffer.from(part);
  }

  number(length: number): number {
    return this.take(length).readUIntBE(0, length);
  }

  long(): bigint {
    return this.take(8).readBigUInt64BE();
  }

  end(): void {
    if (this.at !== this.bytes.length) throw new Error('the answer is longer than it says');
  }
}

const number = (value: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
};

const long = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
};

export function readPulled(body: Buffer): Pulled {
  const cursor = new Cursor(body);
  const manifest = cursor.take(MANIFEST);
  const header = cursor.number(1) === 1 ? cursor.take(cursor.number(2)) : null;
  const buckets = Array.from({ length: cursor.number(2) }, () => {
    const index = cursor.number(1);
    const entries = Array.from({ length: cursor.number(2) }, () => ({
      id: cursor.take(16).toString('hex'),
      rev: cursor.long(),
      op: cursor.number(1),
      hash: cursor.take(32),
    }));
    return { index, entries };
  });
  cursor.end();
  return { manifest, header, buckets };
}

export function writePulled({ manifest, header, buckets }: Pulled): Buffer {
  const parts = [
    manifest,
    header ? Buffer.concat([number(1, 1), number(header.length, 2), header]) : number(0, 1),
    number(buckets.length, 2),
  ];
  for (const { index, entries } of buckets) {
    parts.push(number(index, 1), number(entries.length, 2));
    for (const { id, rev, op, hash } of entries) parts.push(Buffer.from(id, 'hex'), long(rev), number(op, 1), hash);
  }
  return Buffer.concat(parts);
}

export function readRows(body: Buffer): RowList {
  const cursor = new Cursor(body);
  const rows = Array.from({ length: cursor.number(2) }, () => {
    const [id, rev, op] = [cursor.take(16).toString('hex'), cursor.long(), cursor.number(1)];
    return { id, rev, op, blob: cursor.take(cursor.number(4)) };
  });
  const more = cursor.number(1);
  cursor.end();
  return { rows, more };
}

export function writeRows({ rows, more }: RowList): Buffer {
  const parts = [number(rows.length, 2)];
  for (const { id, rev, op, blob } of rows) parts.push(Buffer.from(id, 'hex'), long(rev), number(op, 1), number(blob.length, 4), blob);
  return Buffer.concat([...parts, number(more, 1)]);
}

/** The fields of a manifest, by their place (docs/FORMAT.md). */
export const MANIFEST_AT = {
  account: 4,
  generation: 20,
  seq: 36,
  prev: 44,
  header: 76,
  device: 108,
  live: 124,
  buckets: 132,
  signature: 2180,
};

export const seqOf = (manifest: Buffer): bigint => manifest.readBigUInt64BE(MANIFEST_AT.seq);

/** One bit of the byte there, turned over. */
export function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8((copy.at(at) ?? 0) ^ 1, at < 0 ? copy.length + at : at);
  return copy;
}

/** A refusal with one of docs/PROTOCOL.md's codes. */
export const refusal = (code: number, detail = Buffer.alloc(0)): Buffer =>
  Buffer.concat([number(code, 2), number(detail.length, 4), detail]);
