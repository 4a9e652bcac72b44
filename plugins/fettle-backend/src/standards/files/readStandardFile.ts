import type { Reason, Standard } from 'backstage-plugin-fettle-common';
import { LineCounter, parseDocument } from 'yaml';
import { lineOf } from '../../playbooks/files/readPlaybookFile';
import { loadStandard } from '../loadStandard';
import type { LoadedStandard } from '../LoadedStandard';
import {
  standardSettingsSchema,
  type StandardSettings,
} from '../standardSchema';

/** An alias stands for a copy: many of them are a bomb. */
const MOST_ALIASES = 100;

/** Where something is wrong in a file. */
export class StandardFileError extends Error {
  constructor(readonly line: number | null, readonly reason: Reason) {
    super(reason.message);
  }
}

/** What a file writes; throws StandardFileError for the first thing that is wrong. */
export function parseStandardFile(text: string): StandardSettings {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    ...{ lineCounter: lines, version: '1.2', schema: 'core' },
  });
  const [error] = document.errors;
  if (error) {
    const [message] = error.message.split('\n');
    throw wrong(lines.linePos(error.pos[0]).line, message);
  }
  let written: unknown;
  try {
    written = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (thrown) {
    throw wrong(null, (thrown as Error).message);
  }
  const parsed = standardSettingsSchema.safeParse(written);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const at = path.length > 0 ? `'${path.map(String).join('.')}': ` : '';
  throw wrong(lineOf(document, path, lines) ?? null, `${at}${message}`);
}

/** The standard of a file, with the texts of the files beside it that it names. */
export function loadStandardFile(
  id: string,
  settings: StandardSettings,
  origin: Standard['origin'],
  contents: ReadonlyMap<string, string>,
): LoadedStandard {
  try {
    return loadStandard(id, settings, origin, contents);
  } catch (error) {
    throw wrong(null, (error as Error).message);
  }
}

function wrong(line: number | null, message: string): StandardFileError {
  return new StandardFileError(line, {
    code: 'standard-wrong',
    message: /[.!?]$/.test(message) ? message : `${message}.`,
    action: 'Correct the file; it is read again when its repository is.',
  });
}
