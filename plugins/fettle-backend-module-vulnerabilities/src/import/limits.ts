/** What an import takes at most: what it reads was put together by others. */
export interface ImportLimits {
  /** Of one record, unpacked. */
  recordBytes: number;
  /** Of all that a dump holds, unpacked. */
  unpackedBytes: number;
  /** Of a dump or list as it is sent. */
  downloadBytes: number;
  /** In a dump, a list or a folder. */
  records: number;
  /** Of a list, unpacked. */
  listBytes: number;
  /** Milliseconds without a byte after which a server is given up. */
  idleMs: number;
  /** Milliseconds for one download. */
  totalMs: number;
}

const MIB = 1024 * 1024;

/** Several times what osv.dev's largest ecosystem has. */
export const LIMITS: ImportLimits = {
  recordBytes: 8 * MIB,
  unpackedBytes: 8 * 1024 * MIB,
  downloadBytes: 2 * 1024 * MIB,
  records: 2_000_000,
  listBytes: 256 * MIB,
  idleMs: 30_000,
  totalMs: 30 * 60_000,
};
