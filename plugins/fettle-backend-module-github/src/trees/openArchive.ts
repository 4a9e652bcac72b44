import {
  SourceError,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import type { GithubHosts } from '../api/GithubHosts';
import { oddAnswer } from '../api/parseAnswer';
import { hostOf } from '../locate/slug';

/** The archive of a commit: the host is asked for its place, and the place for the bytes. */
export async function openArchive(
  hosts: GithubHosts,
  location: RepositoryLocation,
  { commit, signal }: { commit: string; signal: AbortSignal },
): Promise<AsyncIterable<Uint8Array>> {
  const { remote } = location;
  const { status, headers } = await hosts.ask(location, {
    route: 'GET /repos/{owner}/{repo}/tarball/{ref}',
    parameters: { ref: commit },
    ...{ signal, redirect: 'manual' },
  });
  const place = headers.location;
  if (status !== 302 || typeof place !== 'string') {
    throw oddAnswer('no place of the archive', {
      ...{ host: hostOf(location), about: remote },
    });
  }
  let response: Response;
  try {
    // The address is its own proof: no token is sent.
    response = await fetch(place, { signal });
  } catch (error) {
    throw new SourceError(
      signal.aborted ? 'timeout' : 'unreachable',
      `The store of archives cannot be reached, or did not answer in time (${remote}).`,
      'Check the network between the portal and the store.',
      error,
    );
  }
  if (response.ok && response.body) return response.body;
  await response.body?.cancel();
  throw new SourceError(
    'failed',
    `The store of archives answered ${response.status} (${remote}).`,
    'Fettle tries again.',
  );
}
