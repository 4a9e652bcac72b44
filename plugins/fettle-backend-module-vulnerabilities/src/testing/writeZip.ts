import { closeSync, openSync, writeSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';

/** A file to pack. What is wrong on purpose stands in for what is true. */
export interface ZipContent {
  name: string;
  text: string;
  /** Bytes that the table of contents claims. */
  claimedSize?: number;
  claimedCrc?: number;
}

/** Writes a zip file, one file after the other, as exports are made. */
export function writeZip(path: string, contents: Iterable<ZipContent>): void {
  const fd = openSync(path, 'w');
  const table: Buffer[] = [];
  let at = 0;
  const write = (part: Buffer) => {
    writeSync(fd, part);
    at += part.length;
  };
  for (const { name, text, claimedSize, claimedCrc } of contents) {
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    // Names are UTF-8.
    fields.writeUInt16LE(0x800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(claimedCrc ?? crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimedSize ?? content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    table.push(
      Buffer.concat([
        Buffer.from('504b01021400', 'hex'),
        fields,
        place,
        Buffer.from(name),
      ]),
    );
    write(
      Buffer.concat([
        Buffer.from('504b0304', 'hex'),
        fields,
        Buffer.from(name),
        packed,
      ]),
    );
  }
  writeEnd(write, at, table);
  closeSync(fd);
}

const MANY = 0xffff;

function writeEnd(
  write: (part: Buffer) => void,
  start: number,
  table: readonly Buffer[],
): void {
  const size = table.reduce((sum, { length }) => sum + length, 0);
  for (const part of table) write(part);
  if (table.length >= MANY) {
    const zip64 = Buffer.alloc(76);
    zip64.writeUInt32LE(0x06064b50, 0);
    zip64.writeBigUInt64LE(44n, 4);
    zip64.writeUInt16LE(45, 12);
    zip64.writeUInt16LE(45, 14);
    zip64.writeBigUInt64LE(BigInt(table.length), 24);
    zip64.writeBigUInt64LE(BigInt(table.length), 32);
    zip64.writeBigUInt64LE(BigInt(size), 40);
    zip64.writeBigUInt64LE(BigInt(start), 48);
    // Where to find it, for those who come from the end.
    zip64.writeUInt32LE(0x07064b50, 56);
    zip64.writeBigUInt64LE(BigInt(start + size), 64);
    zip64.writeUInt32LE(1, 72);
    write(zip64);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  const count = Math.min(table.length, MANY);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(start, 16);
  write(end);
}
