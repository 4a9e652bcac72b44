import { BrokenRecord, readRecord } from '../record/readRecord';
import type { FeedRecord } from '../store/writeRecords';

/** What a record says, or why it cannot be taken. */
export function toContent(
  read: () => string,
  expected: { id: string; ecosystem: string },
): FeedRecord['content'] {
  try {
    return readRecord(read(), expected);
  } catch (error) {
    if (error instanceof BrokenRecord) return { problem: error.message };
    throw error;
  }
}
