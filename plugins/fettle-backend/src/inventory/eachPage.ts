/** Pages one after the other; the first is read before anything is given out, so that what is refused is an answer of its own. */
export async function eachPage<T>(
  read: (
    cursor: string | undefined,
  ) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<AsyncIterable<T[]>> {
  let page = await read(undefined);
  return (async function* pages() {
    yield page.items;
    while (page.nextCursor !== null) {
      page = await read(page.nextCursor);
      yield page.items;
    }
  })();
}
