import {
  SourceError,
  type SourceErrorCode,
} from 'backstage-plugin-fettle-node';
import { isAbort } from '../errors';
import { GitFailure } from './GitFailure';

interface Rule {
  pattern: RegExp;
  code: SourceErrorCode;
  what: string;
  action: string;
}

const CREDENTIALS =
  'Check the token or user of this host under integrations in app-config, and that it may read this repository.';
const CONNECTION =
  'Check that the host is up and that this server can reach it, then refresh.';
const CORRUPT =
  'Run git fsck on the repository and restore what it names from another clone.';

/** What git says (in the C locale), most specific first. */
const RULES: Rule[] = [
  {
    pattern: /Host key verification failed/i,
    code: 'unauthorized',
    what: 'the host key is not known to this server',
    action: "Add the host's key to the known_hosts file of the portal's user.",
  },
  {
    pattern:
      /Authentication failed|could not read (Username|Password)|error: 40[13]\b|HTTP (Basic: )?Access denied|Permission denied \((publickey|password|keyboard)|terminal prompts disabled|Invalid username or/i,
    code: 'unauthorized',
    what: 'the host refused the credentials, or wants some',
    action: CREDENTIALS,
  },
  {
    pattern: /error: 429\b|Too Many Requests/i,
    code: 'rate-limited',
    what: 'the host asks to wait',
    action: 'Wait; Fettle tries again on schedule.',
  },
  {
    pattern: /error: 30\d\b|unable to update url base from redirection/i,
    code: 'invalid',
    what: 'the host redirects to another address',
    action: 'Use the address that the host redirects to.',
  },
  {
    pattern:
      /repository '.*' not found|error: 404\b|Repository not found|does not appear to be a git repository|not a git repository|project you were looking for could not be found/i,
    code: 'not-found',
    what: 'there is no such repository, or the credentials may not see it',
    action:
      'Check the address and whether the repository was moved or deleted; if it is gone, remove its entity.',
  },
  {
    pattern:
      /not valid: is this a git repository|protocol error|bad line length|unexpected response|invalid server response|unexpected content-type/i,
    code: 'corrupt',
    what: 'the host did not answer as a Git server',
    action:
      'Check that the address is that of the repository, and that no login page or proxy answers in its place.',
  },
  {
    pattern:
      /Could not resolve|Couldn't resolve|Name or service not known|Failed to connect|Couldn't connect|Connection (refused|reset|timed out|closed)|No route to host|Network is unreachable|Operation timed out|Operation too slow|SSL|TLS|certificate|error: 5\d\d\b|early EOF|hung up unexpectedly|unexpected disconnect|RPC failed|Empty reply|transfer closed|Recv failure|Send failure/i,
    code: 'unreachable',
    what: 'the host cannot be reached',
    action: CONNECTION,
  },
  {
    pattern:
      /corrupt|bad object|missing (blob|tree|commit|object)|unable to read|could not read|Could not read|loose object|inflate|packfile|pack has|invalid object|not a tree object|bad tree|bad ref|bad signature|unable to unpack|broken|malformed/i,
    code: 'corrupt',
    what: 'the repository is damaged',
    action: CORRUPT,
  },
  {
    pattern: /not allowed|strange (hostname|pathname)/i,
    code: 'invalid',
    what: 'the address uses a protocol that Fettle does not speak',
    action: 'Use an https, ssh or file address.',
  },
  {
    pattern: /No space left on device|Disk quota exceeded/i,
    code: 'failed',
    what: 'the disk of the cache folder is full',
    action: 'Make room in the folder that fettle.git.cacheDir names.',
  },
];

/** Says what a failure means for the repository. `remote` holds no credential. */
export function toSourceError(error: unknown, remote: string): unknown {
  const make = (code: SourceErrorCode, what: string, action: string) =>
    new SourceError(code, `Cannot read ${remote}: ${what}.`, action);

  if (isAbort(error)) {
    return make('timeout', 'the reading was stopped', 'Refresh it.');
  }
  if (!(error instanceof GitFailure)) return error;
  switch (error.kind) {
    case 'timeout':
      return make(
        'timeout',
        `git ${error.command} gave no result within ${
          (error.limit ?? 0) / 1000
        } s`,
        'Check that the host answers; for a large repository raise fettle.git.fetchTimeout.',
      );
    case 'too-much-output':
      return make(
        'too-large',
        `git ${error.command} wrote more than ${error.limit} bytes`,
        'The repository is over the limits of Fettle: split it, or remove generated files from it.',
      );
    case 'aborted':
      return make('timeout', 'the reading was stopped', 'Refresh it.');
    case 'not-installed':
      return make(
        'failed',
        'git could not be started on this server',
        'Install git 2.34 or newer and make sure that it is on the PATH of the portal.',
      );
    default: {
      const rule = RULES.find(({ pattern }) => pattern.test(error.stderr));
      if (rule) {
        return make(
          rule.code,
          `${rule.what} (${lastLine(error.stderr)})`,
          rule.action,
        );
      }
      return make(
        'failed',
        `git ${error.command} said: ${lastLine(error.stderr) || 'nothing'}`,
        'Run the same git command on the server to see more, then refresh.',
      );
    }
  }
}

/** Runs `task` and throws what `toSourceError` makes of its failure. */
export async function asSource<T>(
  remote: string,
  task: () => Promise<T>,
): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw toSourceError(error, remote);
  }
}

function lastLine(stderr: string): string {
  const lines = stderr.split('\n').filter(line => line.trim());
  const telling = lines.find(line => /^(fatal|error|ERROR|remote):/.test(line));
  return (telling ?? lines[lines.length - 1] ?? '').trim().slice(0, 300);
}
