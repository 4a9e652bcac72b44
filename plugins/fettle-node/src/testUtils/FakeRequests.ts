import type { BareRepository } from './BareRepository';
import { WritableGit } from './WritableGit';

/**
 * A pull or merge request of a fake host.
 *
 * @public
 */
export interface FakeRequest {
  number: number;
  branch: string;
  base: string;
  /** The commit of the base that it started from. */
  from: string;
  title: string;
  body: string;
  state: 'open' | 'merged' | 'closed';
  mergeCommit?: string;
  endedBy?: string;
  /** Where its branch was when that was last seen. */
  head: string;
  comments: string[];
  reviewers: string[];
}

/**
 * The pull or merge requests of one repository, over its real Git data.
 *
 * @public
 */
export class FakeRequests {
  readonly all: FakeRequest[] = [];
  readonly git: WritableGit;

  constructor(private readonly repository: BareRepository) {
    this.git = new WritableGit(repository);
  }

  /** Null where the branch has one that is open. */
  open(
    of: Pick<FakeRequest, 'branch' | 'base' | 'title' | 'body'>,
  ): FakeRequest | null {
    const { branch, base } = of;
    const taken = this.all.some(
      one => one.branch === branch && one.state === 'open',
    );
    if (taken) return null;
    const [head, onto] = [branch, base].map(one => this.repository.find(one));
    const request: FakeRequest = {
      ...{ ...of, number: this.all.length + 1, state: 'open', head },
      ...{ comments: [], reviewers: [] },
      from: this.git.git('merge-base', onto, head),
    };
    this.all.push(request);
    return request;
  }

  find(number: number): FakeRequest | undefined {
    const found = this.all.find(one => one.number === number);
    if (found?.state === 'open') {
      found.head = this.repository.find(found.branch) || found.head;
    }
    return found;
  }

  mergeable({ base, head }: FakeRequest): boolean {
    return this.git.merged(this.repository.find(base), head) !== null;
  }

  /** False where it conflicts. */
  merge(request: FakeRequest, by: { name: string; message: string }): boolean {
    const onto = this.repository.find(request.base);
    const { head } = this.find(request.number)!;
    const tree = this.git.merged(onto, head);
    if (tree === null) return false;
    const mergeCommit = this.git.commit({
      ...{ tree, parents: [onto, head], message: by.message },
      author: { name: by.name, email: `${by.name}@example.com` },
    });
    this.git.setBranch(request.base, mergeCommit);
    Object.assign(request, { state: 'merged', mergeCommit, endedBy: by.name });
    return true;
  }

  close(request: FakeRequest, by: string): void {
    Object.assign(request, { state: 'closed', endedBy: by });
  }
}
