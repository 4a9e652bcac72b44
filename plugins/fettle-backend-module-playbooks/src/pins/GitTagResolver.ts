import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceError } from 'backstage-plugin-fettle-node';
import type { Credentials } from '../config/StepsConfig';
import { findProgram } from '../dependencies/run/findProgram';
import { runProgram } from '../dependencies/run/runProgram';
import type { ResolvedTag, TagResolver } from './TagResolver';

const REPOSITORY = /^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/;
const REF = /^[A-Za-z0-9][A-Za-z0-9._/+-]{0,199}$/;
const LINE = /^([0-9a-f]{40}|[0-9a-f]{64})\t(refs\/[^\s^]+)(\^\{\})?$/;

/** Asks hosts with `git ls-remote`, each repository once for a while. */
export class GitTagResolver implements TagResolver {
  readonly #known = new Map<
    string,
    { at: number; refs: Promise<Map<string, string>> }
  >();

  constructor(
    private readonly hosts: readonly Credentials[],
    private readonly limits: { timeoutMs?: number; freshMs?: number } = {},
  ) {}

  get isConfigured(): boolean {
    return this.hosts.length > 0;
  }

  async resolve(
    repository: string,
    ref: string,
    { signal }: { signal: AbortSignal },
  ): Promise<ResolvedTag | undefined> {
    const parts = repository.split('/');
    if (!REPOSITORY.test(repository) || !REF.test(ref)) return undefined;
    if (parts.some(part => part === '.' || part === '..')) return undefined;
    for (const host of this.hosts) {
      const refs = await this.#refs(host, repository, signal);
      const commit =
        refs.get(`refs/tags/${ref}`) ?? refs.get(`refs/heads/${ref}`);
      if (!commit) continue;
      return { commit, version: mostExact(refs, commit) ?? ref };
    }
    return undefined;
  }

  async #refs(
    host: Credentials,
    repository: string,
    signal: AbortSignal,
  ): Promise<Map<string, string>> {
    const url = `${host.baseUrl}/${repository}`;
    const known = this.#known.get(url);
    const { freshMs = 5 * 60_000 } = this.limits;
    const now = Date.now();
    if (known && now - known.at < freshMs) return known.refs;
    const refs = this.#list(host, url, signal);
    this.#known.set(url, { at: now, refs });
    // What failed is tried again.
    refs.catch(() => this.#known.delete(url));
    return refs;
  }

  async #list(
    { username, token }: Credentials,
    url: string,
    signal: AbortSignal,
  ): Promise<Map<string, string>> {
    const program = await findProgram('git', new Map());
    if (!program) {
      throw new SourceError(
        'failed',
        'Tags of actions cannot be read: git is not installed where this backend runs.',
        'Install git.',
      );
    }
    const folder = await mkdtemp(join(tmpdir(), 'fettle-refs-'));
    try {
      const basic = Buffer.from(
        `${username ?? 'x-access-token'}:${token}`,
      ).toString('base64');
      const settings: [string, string][] = [
        ['http.followRedirects', 'initial'],
        ['credential.helper', ''],
        ...(token
          ? [
              [`http.${url}.extraHeader`, `Authorization: Basic ${basic}`] as [
                string,
                string,
              ],
            ]
          : []),
      ];
      const { code, output, ended } = await runProgram(
        program,
        ['ls-remote', '--tags', '--heads', '--', url],
        {
          cwd: folder,
          env: {
            ...{ HOME: folder, LC_ALL: 'C', PATH: process.env.PATH ?? '' },
            ...{ GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
            ...{ GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: 'false' },
            GIT_ALLOW_PROTOCOL: url.slice(0, url.indexOf(':')),
            GIT_CEILING_DIRECTORIES: folder,
            GIT_CONFIG_COUNT: String(settings.length),
            ...Object.fromEntries(
              settings.flatMap(([key, value], index) => [
                [`GIT_CONFIG_KEY_${index}`, key],
                [`GIT_CONFIG_VALUE_${index}`, value],
              ]),
            ),
          },
          ...{ folder, signal, timeoutMs: this.limits.timeoutMs ?? 30_000 },
          ...{ maxOutputBytes: 32 * 1024 * 1024, maxFolderBytes: 1024 * 1024 },
        },
      );
      if (code === 0 && !ended) return parse(output);
      // Hosts hide what is not there behind a question for credentials.
      if (
        /not found|could not read Username|Authentication failed/i.test(output)
      ) {
        return new Map();
      }
      throw new SourceError(
        ended === 'timeout' ? 'timeout' : 'unreachable',
        `The tags of ${url} could not be read.`,
        'Check `fettle.steps.pinActions.hosts`, and that this backend can reach it.',
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function parse(output: string): Map<string, string> {
  const refs = new Map<string, string>();
  for (const line of output.split('\n')) {
    const [, commit, name] = LINE.exec(line) ?? [];
    // What a tag stands for comes after the tag itself.
    if (commit) refs.set(name, commit);
  }
  return refs;
}

function mostExact(
  refs: ReadonlyMap<string, string>,
  commit: string,
): string | undefined {
  const names = [...refs]
    .filter(([, at]) => at === commit)
    .flatMap(([name]) =>
      name.startsWith('refs/tags/') ? [name.slice(10)] : [],
    )
    .filter(name => /^v?\d+(\.\d+)*$/.test(name));
  return names.sort(
    (a, b) => b.split('.').length - a.split('.').length || (a < b ? -1 : 1),
  )[0];
}
