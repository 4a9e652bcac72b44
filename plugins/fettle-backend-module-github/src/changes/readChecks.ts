import type { ProposedChange } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { unlessHidden } from '../unlessHidden';
import type { RepositoryApi } from './RepositoryApi';

const MOST_PAGES = 10;
const PASSED = ['success', 'neutral', 'skipped'];

const runsSchema = z.object({
  total_count: z.number().int(),
  check_runs: z.array(
    z.object({ status: z.string(), conclusion: z.string().nullish() }),
  ),
});
const statusSchema = z.object({
  state: z.string(),
  total_count: z.number().int(),
});
const reviewsSchema = z.array(
  z.object({
    state: z.string(),
    user: z.object({ id: z.number() }).nullish(),
  }),
);

/** What check runs and commit statuses say together; unknown where one of them is not shown and the other says no failure. */
export async function readChecks(
  api: RepositoryApi,
  commit: string,
): Promise<ProposedChange['checks']> {
  const [runs, status] = await Promise.all([
    unlessHidden(readRuns(api, commit)),
    unlessHidden(
      api.read('GET /commits/{ref}/status', statusSchema, { ref: commit }),
    ),
  ]);
  const said = [...(runs ?? ['unknown' as const]), ofStatus(status)];
  for (const one of ['failed', 'unknown', 'pending', 'passed'] as const) {
    if (said.includes(one)) return one;
  }
  return 'none';
}

async function readRuns(api: RepositoryApi, commit: string) {
  const said: ProposedChange['checks'][] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const found = await api.read('GET /commits/{ref}/check-runs', runsSchema, {
      ...{ ref: commit, per_page: 100, page },
    });
    said.push(
      ...found.check_runs.map(({ status, conclusion }) => {
        if (status !== 'completed') return 'pending';
        return PASSED.includes(conclusion ?? '') ? 'passed' : 'failed';
      }),
    );
    if (found.check_runs.length < 100) return said;
  }
  return [...said, 'unknown' as const];
}

function ofStatus(
  status: z.output<typeof statusSchema> | undefined,
): ProposedChange['checks'] {
  if (!status) return 'unknown';
  if (status.total_count === 0) return 'none';
  if (status.state === 'success') return 'passed';
  return status.state === 'pending' ? 'pending' : 'failed';
}

/** The last word of each reviewer. */
export async function readReview(
  api: RepositoryApi,
  id: string,
): Promise<ProposedChange['review']> {
  const last = new Map<number, string>();
  for (let page = 1; page <= MOST_PAGES; page++) {
    const reviews = await api.read(
      'GET /pulls/{pull_number}/reviews',
      reviewsSchema,
      { pull_number: Number(id), per_page: 100, page },
    );
    for (const { state, user } of reviews) {
      if (/^(APPROVED|CHANGES_REQUESTED|DISMISSED)$/.test(state)) {
        last.set(user?.id ?? 0, state);
      }
    }
    if (reviews.length < 100) break;
  }
  const states = [...last.values()];
  if (states.includes('CHANGES_REQUESTED')) return 'changes-requested';
  return states.includes('APPROVED') ? 'approved' : 'none';
}
