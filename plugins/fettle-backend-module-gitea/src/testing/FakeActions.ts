import type { Answer } from './answers';

type Headers = NodeJS.Dict<string | string[]>;

/** The actions of the fake host's repositories, as Gitea or Forgejo has them. */
export interface FakeActions {
  answer(
    method: string,
    path: string,
    query: URLSearchParams,
    headers: Headers,
  ): Answer;
}

/** A time of the tests. */
export const at = (minute: number) =>
  new Date(Date.UTC(2026, 5, 1, 12, minute)).toISOString();

/** How a host gives logs. */
export interface FakeLog {
  text: string;
  /** Whether it gives parts of it. */
  ranges: boolean;
}

/** A log as Go's file server gives it, which knows ranges from the end. */
export function answerLog({ text, ranges }: FakeLog, headers: Headers): Answer {
  const bytes = Buffer.from(text);
  const type = { 'content-type': 'text/plain; charset=utf-8' };
  const [, length] = /^bytes=-(\d+)$/.exec(String(headers.range)) ?? [];
  if (!ranges || length === undefined || bytes.length === 0) {
    return { status: 200, headers: type, body: bytes };
  }
  const start = Math.max(0, bytes.length - Number(length));
  const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
  return {
    ...{ status: 206, headers: { ...type, 'content-range': range } },
    body: bytes.subarray(start),
  };
}
