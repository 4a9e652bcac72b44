/** Who acted, as sentences for people call them; what is no person of the catalog stays as it is. */
export function nameOf(actor: string): string {
  return /^user:[^/]+\/(.+)$/.exec(actor)?.[1] ?? actor;
}
