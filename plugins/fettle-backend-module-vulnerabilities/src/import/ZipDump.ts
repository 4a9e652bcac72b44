import { SourceError } from 'backstage-plugin-fettle-node';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import {
  type Entry,
  fromRandomAccessReader,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl';
import { BrokenRecord } from '../record/readRecord';
import type { ImportLimits } from './limits';

const STORED = 0;
const DEFLATED = 8;

/** A record in a dump, not yet unpacked. */
export interface DumpEntry {
  id: string;
  /** Differs where the content does. */
  stamp: string;
  entry: Entry;
}

/**
 * A zip file with a record in each of its files, `<id>.json`. Nothing of it is
 * held but what is asked for. Reading is synchronous, from windows of the file:
 * a callback for each of a few hundred thousand small files takes longer than
 * all of the reading.
 */
export class ZipDump {
  /** `from` is what people know it by. */
  static open(path: string, from: string, limits: ImportLimits): ZipDump {
    return new ZipDump(from, openSync(path, 'r'), limits);
  }

  readonly #file: FileWindows;
  readonly bytes: number;

  private constructor(
    private readonly from: string,
    private readonly fd: number,
    private readonly limits: ImportLimits,
  ) {
    this.bytes = fstatSync(fd).size;
    this.#file = new FileWindows(fd);
  }

  close(): void {
    closeSync(this.fd);
  }

  /**
   * The ids in it, once the table of contents was read to its end. A file that
   * was cut has none: it stands at the end.
   */
  check(): Set<string> {
    const ids = new Set<string>();
    let unpacked = 0;
    for (const { id, entry } of this.entries()) {
      ids.add(id);
      unpacked += entry.uncompressedSize;
      if (ids.size > this.limits.records) {
        throw tooLarge(
          `${this.from} holds more than ${this.limits.records} records`,
        );
      }
      if (unpacked > this.limits.unpackedBytes) {
        throw tooLarge(
          `${this.from} unpacks to more than ${this.limits.unpackedBytes} bytes`,
        );
      }
    }
    if (ids.size === 0) throw corrupt(this.from, 'it holds no record');
    return ids;
  }

  /** One after the other, in the order of the table of contents. */
  *entries(): Generator<DumpEntry> {
    const zip = this.#open();
    const read: Entry[] = [];
    const failures: Error[] = [];
    let ended = false;
    zip.on('entry', entry => read.push(entry));
    zip.on('error', error => failures.push(error));
    zip.on('end', () => {
      ended = true;
    });
    for (;;) {
      zip.readEntry();
      if (failures.length > 0) throw corrupt(this.from, failures[0].message);
      const entry = read.pop();
      if (!entry || ended) return;
      const id = idOf(entry);
      const stamp = `${entry.crc32}:${entry.uncompressedSize}`;
      if (id) yield { id, entry, stamp };
    }
  }

  /** @throws BrokenRecord where it cannot be unpacked, or is too large */
  read({ entry }: DumpEntry): string {
    const {
      compressionMethod: method,
      compressedSize,
      uncompressedSize,
    } = entry;
    const { recordBytes } = this.limits;
    if (uncompressedSize > recordBytes || compressedSize > recordBytes) {
      throw new BrokenRecord(`it is larger than ${recordBytes} bytes`);
    }
    if (entry.isEncrypted() || (method !== STORED && method !== DEFLATED)) {
      throw new BrokenRecord('it is packed in a way that cannot be read');
    }
    let content: Buffer;
    try {
      const packed = this.#file.bytes(this.#startOf(entry), compressedSize);
      content =
        method === STORED
          ? packed
          : inflateRawSync(packed, {
              // It may say less than it holds.
              maxOutputLength: uncompressedSize + 1,
              // Else each takes many times the memory that it needs.
              chunkSize: Math.max(64, uncompressedSize + 1),
            });
    } catch (error) {
      throw new BrokenRecord(`it cannot be unpacked (${error})`);
    }
    if (content.length !== uncompressedSize || crc32(content) !== entry.crc32) {
      throw new BrokenRecord('it is not what the table of contents says');
    }
    return content.toString('utf8');
  }

  #startOf(entry: Entry): number {
    const at = entry.relativeOffsetOfLocalHeader;
    const header = this.#file.bytes(at, 30);
    if (header.readUInt32LE(0) !== 0x04034b50) {
      throw new Error('there is no file where it should be');
    }
    return at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  }

  #open(): ZipFile {
    let opened: ZipFile | undefined;
    let failure: Error | null = null;
    // Answers at once, as its reader does.
    fromRandomAccessReader(
      this.#file,
      this.bytes,
      { lazyEntries: true, autoClose: false },
      (error, zip) => {
        failure = error;
        opened = zip;
      },
    );
    if (!opened) throw corrupt(this.from, String(failure));
    return opened;
  }
}

/** Undefined for folders and what else is no record. */
function idOf({ fileName }: Entry): string | undefined {
  return /^[^/\\]{1,200}\.json$/.test(fileName)
    ? fileName.slice(0, -'.json'.length)
    : undefined;
}

function corrupt(path: string, why: string): SourceError {
  return new SourceError(
    'corrupt',
    `${path} is not a zip file of advisories that can be read: ${why}`,
    'Put a whole one there; until then what was imported before is used',
  );
}

function tooLarge(message: string): SourceError {
  return new SourceError(
    'too-large',
    message,
    'See that it is an export of osv.dev or made like one',
  );
}

const WINDOW = 512 * 1024;

interface Window {
  start: number;
  content: Buffer;
}

/** Reads small pieces of a file from two large ones, of which one stays at the table of contents. */
class FileWindows extends RandomAccessReader {
  #windows: Window[] = [];

  constructor(private readonly fd: number) {
    super();
  }

  bytes(start: number, length: number): Buffer {
    const found = this.#windows.find(
      window =>
        start >= window.start &&
        start + length <= window.start + window.content.length,
    );
    const window = found ?? this.#load(start, length);
    const offset = start - window.start;
    const piece = window.content.subarray(offset, offset + length);
    if (piece.length < length) throw new Error('the file ends too early');
    return piece;
  }

  /** What yauzl calls; nothing happens later. */
  read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    try {
      this.bytes(position, length).copy(buffer, offset);
    } catch (error) {
      callback(error as Error);
      return;
    }
    callback(null);
  }

  close(callback: (error: Error | null) => void): void {
    callback(null);
  }

  #load(start: number, length: number): Window {
    const content = Buffer.allocUnsafe(Math.max(WINDOW, length));
    const read = readSync(this.fd, content, 0, content.length, start);
    const window = { start, content: content.subarray(0, read) };
    this.#windows = [window, ...this.#windows.slice(0, 1)];
    return window;
  }
}
