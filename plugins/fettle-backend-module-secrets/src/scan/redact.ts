const SHOWN = 3;
/** Of a shorter one, three characters and the length would be a good part. */
const SHORTEST_SHOWN = 16;

/** What may be told of a secret: how it begins and how long it is, and of a short one nothing. */
export function redact(secret: string): string | undefined {
  if (secret.length < SHORTEST_SHOWN) return undefined;
  const start = secret.slice(0, SHOWN).replace(/[^\x21-\x7e]/g, '.');
  return `${start}… (${secret.length} characters)`;
}
