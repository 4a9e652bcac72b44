import { SourceError } from 'backstage-plugin-fettle-node';
import { messageOf } from '../errors';
import { parseRemote } from './RemoteAddress';

/** @throws SourceError `invalid` for an address that git is never given */
export function assertRemote(remote: string): void {
  try {
    parseRemote(remote);
  } catch (error) {
    throw new SourceError(
      'invalid',
      `Cannot read the repository: its address cannot be used, as ${messageOf(
        error,
      )}.`,
      'Use an https, ssh or file address.',
    );
  }
}
