/** Whether an id is the one that is meant; `*` stands for any part of it. */
export function fits(id: string, meant: string): boolean {
  const [first, ...rest] = meant.toLowerCase().split('*');
  const given = id.toLowerCase();
  if (rest.length === 0) return given === first;
  if (!given.startsWith(first)) return false;
  const last = rest.pop()!;
  let at = first.length;
  for (const part of rest) {
    const found = given.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return given.length - last.length >= at && given.endsWith(last);
}
