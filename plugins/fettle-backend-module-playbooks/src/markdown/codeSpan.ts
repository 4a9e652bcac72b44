const MOST = 200;

/** Text from outside as it may stand in Markdown: nobody is mentioned by it, and nothing of it is markup. */
export function codeSpan(text: string): string {
  const plain = oneLine(text).replace(/`/g, "'");
  return `\`${plain === '' ? ' ' : plain}\``;
}

/** Text from outside in one line that is not too long. */
export function oneLine(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return plain.length > MOST ? `${plain.slice(0, MOST - 1)}…` : plain;
}
