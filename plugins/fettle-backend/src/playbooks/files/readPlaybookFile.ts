import type { Reason } from 'backstage-plugin-fettle-common';
import {
  LineCounter,
  isMap,
  isNode,
  isPair,
  isScalar,
  parseAllDocuments,
  type Document,
} from 'yaml';
import type { LoadedPlaybook } from '../LoadedPlaybook';
import { loadPlaybook, parseSettings, type Known } from '../loadPlaybook';
import { PlaybookError } from '../PlaybookError';
import { playbookFileSchema } from '../playbookSettings';

/** Playbooks of one file. */
const MOST_DOCUMENTS = 50;
/** An alias stands for a copy: many of them are a bomb. */
const MOST_ALIASES = 100;

/** Where something is wrong in a file. */
export class FileError extends Error {
  constructor(readonly line: number | null, readonly reason: Reason) {
    super(reason.message);
  }
}

/** A playbook of each document; throws FileError for the first thing that is wrong. */
export function readPlaybookFile(
  text: string,
  options: {
    repository: string;
    path: string;
    commit: string;
    known: Known;
  },
): { playbook: LoadedPlaybook; enabled: boolean }[] {
  const { known, repository, path, commit } = options;
  const lines = new LineCounter();
  const documents = [
    ...parseAllDocuments(text, {
      lineCounter: lines,
      version: '1.2',
      schema: 'core',
    }),
  ];
  if (documents.length > MOST_DOCUMENTS) {
    throw wrong(
      null,
      `The file has more than ${MOST_DOCUMENTS} documents. Write several files`,
    );
  }
  return documents.flatMap(document => {
    const [error] = document.errors;
    if (error) {
      throw wrong(lines.linePos(error.pos[0]).line, firstLine(error.message));
    }
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.value === null)) {
      return [];
    }
    const start = lineOf(document, [], lines) ?? 1;
    try {
      const written = toValue(document);
      const { id, ...settings } = parseSettings(playbookFileSchema, written);
      const origin = {
        kind: 'file' as const,
        repository,
        path,
        line: start,
        commit,
      };
      const playbook = loadPlaybook(id, settings, { origin, known });
      return [{ playbook, enabled: settings.enabled !== false }];
    } catch (thrown) {
      if (!(thrown instanceof PlaybookError)) throw thrown;
      const line = lineOf(document, thrown.path, lines, thrown.line) ?? start;
      const at =
        thrown.path.length > 0
          ? `'${thrown.path.map(String).join('.')}': `
          : '';
      throw wrong(line, `${at}${thrown.message}`);
    }
  });
}

function toValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    throw new PlaybookError(
      `The document cannot be read: ${firstLine(
        String((error as Error).message),
      )}. Write out what the aliases stand for`,
      [],
    );
  }
}

function wrong(line: number | null, message: string): FileError {
  return new FileError(line, {
    code: 'playbook-wrong',
    message: /[.!?]$/.test(message) ? message : `${message}.`,
    action: 'Correct the file; it is read again when its repository is.',
  });
}

/** The line of what a path leads to, or of the nearest that is there. */
export function lineOf(
  document: Document.Parsed,
  path: readonly PropertyKey[],
  lines: LineCounter,
  within = 1,
): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset) {
      const { line } = lines.linePos(offset.start);
      return length === path.length ? line + offset.skip + within - 1 : line;
    }
  }
  return undefined;
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]) {
  const node =
    path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isNode(node) || !node.range) return undefined;
  if (
    isScalar(node) &&
    (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
  ) {
    // The text begins on the line after the sign.
    return { start: node.range[0], skip: 1 };
  }
  const parent = document.getIn(path.slice(0, -1), true);
  // Of a list or map its key, not its first value.
  if (!isScalar(node) && path.length > 0 && isMap(parent)) {
    const pair = parent.items.find(
      one => isPair(one) && isScalar(one.key) && one.key.value === path.at(-1),
    );
    const key = pair?.key;
    if (isScalar(key) && key.range) return { start: key.range[0], skip: 0 };
  }
  return { start: node.range[0], skip: 0 };
}

function firstLine(message: string): string {
  return message.split('\n')[0].replace(/:$/, '');
}
