import type { Answer } from './answers';

/** The actions of the fake host's repositories, as Gitea or Forgejo has them. */
export interface FakeActions {
  answer(
    method: string,
    path: string,
    query: URLSearchParams,
    headers: NodeJS.Dict<string | string[]>,
  ): Answer;
}
