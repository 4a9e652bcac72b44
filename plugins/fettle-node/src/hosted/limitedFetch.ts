/** Far over what a host lists in one answer, and far below what a portal has of memory. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * A `fetch` of which an answer that grows over the limit (256 MiB unless given)
 * breaks off: reading its body throws.
 *
 * @public
 */
export function limitedFetch(
  options: { maxBytes?: number; fetch?: typeof fetch } = {},
): typeof fetch {
  const { maxBytes = MOST_BYTES, fetch: ask = globalThis.fetch } = options;
  return async (input, init) => {
    const response = await ask(input, init);
    if (!response.body) return response;
    let bytes = 0;
    const limit = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        if (bytes > maxBytes) {
          controller.error(new Error(`The answer is over ${maxBytes} bytes`));
        } else {
          controller.enqueue(chunk);
        }
      },
    });
    const { status, statusText, headers, url } = response;
    const limited = new Response(response.body.pipeThrough(limit), {
      ...{ status, statusText, headers },
    });
    // A made one has none, and clients tell by it where a redirect led.
    Object.defineProperty(limited, 'url', { value: url });
    return limited;
  };
}
