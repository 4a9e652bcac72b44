const REPLACEMENT = '\ufffd';

/**
 * Text that both databases take: what comes out of repositories may hold NUL
 * characters and halves of surrogate pairs, which PostgreSQL refuses.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', REPLACEMENT).replace(/\p{Cs}/gu, REPLACEMENT);
}

const SUSPECT = /\\u(0000|d[89a-f])/i;

/** A value as JSON in which every string is {@link storable}. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (json === undefined) return 'null';
  // Escapes are rare: looking for them is cheaper than visiting each string.
  if (!SUSPECT.test(json)) return json;
  return JSON.stringify(value, (_, part) =>
    typeof part === 'string' ? storable(part) : part,
  );
}
