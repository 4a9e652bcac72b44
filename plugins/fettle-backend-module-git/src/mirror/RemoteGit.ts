import { SourceError } from 'backstage-plugin-fettle-node';
import type { RemoteCredentials } from '../credentials/RemoteCredentials';
import { GitFailure } from '../git/GitFailure';
import { runGit, type GitRun } from '../git/runGit';
import { toSourceError } from '../git/toSourceError';
import { parseRemote } from '../locate/RemoteAddress';
import type { RefUpdate } from './RefUpdate';

/** The branches of a remote, and which of them is the default. */
export interface RemoteRefs {
  /** Full ref name, in latin1 so that no byte is lost, to object id. */
  branches: Map<string, string>;
  /** Full ref name. */
  defaultRef: string | undefined;
}

const MAX_REFS_BYTES = 64 * 1024 * 1024;
const NO_PACKETS = 'fatal: protocol error: no packet in the answer';

/** Speaks to remotes: the only place from which git leaves the machine. */
export class RemoteGit {
  /** Remotes that answer with `.git` at the end only. */
  private readonly withSuffix = new Set<string>();

  constructor(
    private readonly credentials: RemoteCredentials,
    private readonly checkTimeoutMs: number,
  ) {}

  /** What the remote has now, in one request. */
  async listRefs(remote: string, signal: AbortSignal): Promise<RemoteRefs> {
    const ask = (more: Partial<GitRun>) =>
      this.speak(remote, url => ({
        args: [
          'ls-remote',
          '--quiet',
          '--symref',
          '--end-of-options',
          url,
          'HEAD',
          'refs/heads/*',
        ],
        signal,
        timeoutMs: this.checkTimeoutMs,
        maxOutputBytes: MAX_REFS_BYTES,
        ...more,
      }));
    const output = await ask({});
    if (output.length === 0 && !remote.startsWith('ssh:')) {
      // Git takes a page without a line break for the list of an empty
      // repository. Only a Git server answers in packets.
      let packets = false;
      await ask({
        tracePackets: true,
        onRemarks: remarks => {
          packets = remarks.includes(' packet: ');
        },
      });
      if (!packets) throw new GitFailure('exit', 'ls-remote', NO_PACKETS);
    }
    const refs: RemoteRefs = { branches: new Map(), defaultRef: undefined };
    for (const line of output.toString('latin1').split('\n')) {
      const [value, name] = line.split('\t');
      if (name === 'HEAD' && value.startsWith('ref: ')) {
        refs.defaultRef = value.slice('ref: '.length);
      } else if (name?.startsWith('refs/heads/')) {
        refs.branches.set(name, value);
      }
    }
    return refs;
  }

  /** Makes the mirror's branches those of the remote. */
  async fetch(
    remote: string,
    gitDir: string,
    options: {
      signal: AbortSignal;
      timeoutMs: number;
      /** Also what Fettle keeps there of its changes. */
      records?: boolean;
    },
  ): Promise<void> {
    await this.speak(remote, url => ({
      args: [
        'fetch',
        '--quiet',
        '--prune',
        '--force',
        '--no-tags',
        '--no-write-fetch-head',
        '--no-recurse-submodules',
        '--no-auto-maintenance',
        '--no-show-forced-updates',
        '--update-shallow',
        '--end-of-options',
        url,
        '+refs/heads/*:refs/heads/*',
        ...(options.records ? ['+refs/fettle/*:refs/fettle/*'] : []),
      ],
      gitDir,
      maxOutputBytes: 1024 * 1024,
      signal: options.signal,
      timeoutMs: options.timeoutMs,
    }));
  }

  /**
   * Makes all of these changes of refs, or none. A branch only goes forward:
   * nothing is forced, and one is deleted only where it is what was seen.
   */
  async push(
    remote: string,
    gitDir: string,
    options: {
      updates: readonly RefUpdate[];
      signal: AbortSignal;
      timeoutMs: number;
      /** Only asks whether it may. */
      dryRun?: boolean;
    },
  ): Promise<void> {
    const { updates, dryRun, ...limits } = options;
    const leases = updates.flatMap(({ ref, from, to }) =>
      to === null ? [`--force-with-lease=${ref}:${from}`] : [],
    );
    await this.speak(remote, url => ({
      args: [
        ...['push', '--quiet', '--atomic', '--no-verify', '--no-signed'],
        ...['--recurse-submodules=no', '--no-follow-tags', ...leases],
        ...(dryRun ? ['--dry-run'] : []),
        ...['--end-of-options', url],
        ...updates.map(({ ref, to }) => `${to ?? ''}:${ref}`),
      ],
      gitDir,
      maxOutputBytes: 1024 * 1024,
      ...limits,
    }));
  }

  /** Some hosts know a repository by `<path>.git` only; which one it is shows when it is asked. */
  private async speak(
    remote: string,
    toRun: (url: string) => Pick<
      GitRun,
      'gitDir' | 'signal' | 'timeoutMs' | 'maxOutputBytes'
    > & {
      args: string[];
    },
  ): Promise<Buffer> {
    const suffix = this.withSuffix.has(remote) ? '.git' : '';
    try {
      return await this.run(remote, toRun(`${remote}${suffix}`));
    } catch (error) {
      const failure = toSourceError(error, remote);
      const maySucceed =
        failure instanceof SourceError &&
        ['not-found', 'invalid', 'corrupt'].includes(failure.code);
      if (!maySucceed || suffix || remote.startsWith('ssh:')) throw failure;
      try {
        const output = await this.run(remote, toRun(`${remote}.git`));
        this.withSuffix.add(remote);
        return output;
      } catch {
        // The first answer is about the address that people know.
        throw failure;
      }
    }
  }

  private async run(
    remote: string,
    { args, ...run }: Omit<GitRun, 'protocol'> & { args: string[] },
  ): Promise<Buffer> {
    // Again, although whoever made the location did so: the address may come
    // from a database.
    const address = parseRemote(remote);
    const credential = await this.credentials.for(address);
    const origin = `${address.protocol}://${address.host}/`;
    const seconds = Math.max(1, Math.ceil(this.checkTimeoutMs / 1000));
    return runGit(args, {
      ...run,
      protocol: address.protocol,
      secrets: credential?.secrets,
      settings: [
        // Always one pack, whose growth can be seen while it is fetched.
        ['fetch.unpackLimit', '1'],
        ['http.lowSpeedLimit', '1'],
        ['http.lowSpeedTime', String(seconds)],
        // A host that redirects must not carry the credential elsewhere.
        ['http.followRedirects', credential ? 'false' : 'initial'],
        ...(credential
          ? [[`http.${origin}.extraHeader`, credential.header] as const]
          : []),
      ],
    });
  }
}
