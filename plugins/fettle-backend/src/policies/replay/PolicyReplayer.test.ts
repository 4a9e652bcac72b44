import type { PolicyStore } from '../../store/policies/PolicyStore';
import { PORTAL } from '../testSubjects';
import { PolicyReplayer } from './PolicyReplayer';

describe('PolicyReplayer', () => {
  it('refuses a draft that compares a field with what it never is, before it reads anything', async () => {
    const replayer = new PolicyReplayer({
      store: {} as PolicyStore,
      portal: async () => PORTAL,
      clock: () => new Date(),
      dueDays: {},
    });
    const scope = { owners: [], systems: [], repositories: [], when: null };
    const condition = '!findings.exists(f, f.state == "opened")';
    await expect(
      replayer.replay({ policy: { condition, scope }, days: 1 }, {} as never),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /condition of the policy 'draft' .*never "opened".*Did you mean 'open'\?/s,
      ),
    });
  });
});
