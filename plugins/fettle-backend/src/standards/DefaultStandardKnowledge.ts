import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import { fitsLists } from '../policies/inScope';
import { toValues } from '../policies/subject/toValues';
import type { FettleStore } from '../store/FettleStore';
import type { PolicyStore } from '../store/policies/PolicyStore';
import type { StandardStore } from '../store/standards/StandardStore';
import type { StandardKnowledge } from './applyStandard';
import { factsOf } from './factsOf';
import type { StandardSet } from './StandardSet';

const NOTHING = { verdicts: false, components: false, findings: false };

/** From what is stored. */
export class DefaultStandardKnowledge implements StandardKnowledge {
  constructor(
    private readonly options: {
      standards: StandardSet;
      store: StandardStore;
      repositories: Pick<FettleStore, 'getFacts'>;
      subjects: Pick<PolicyStore, 'loadSubjects'>;
      findRepository: (remote: string) => Promise<string | undefined>;
      clock: () => Date;
    },
  ) {}

  async of({ remote }: RepositoryLocation) {
    const { standards, store, repositories, subjects, clock } = this.options;
    const id = await this.options.findRepository(remote);
    if (!id) return undefined;
    const now = clock();
    const [{ subjects: found }, facts, bases, drifts] = await Promise.all([
      subjects.loadSubjects([id], NOTHING),
      repositories.getFacts(id),
      store.bases(id),
      store.drifts(id, now),
    ]);
    const [subject] = found;
    if (!subject) return undefined;
    const conditions = toValues(subject, [], now);
    const exempt = drifts
      .filter(({ state }) => state === 'exempt')
      .map(({ standardId }) => standardId);
    return {
      ...{ conditions, bases, facts: factsOf(facts) },
      standards: standards
        .all()
        .filter(
          ({ view, when }) =>
            !exempt.includes(view.id) &&
            fitsLists(view.scope, subject) &&
            (!when || when.evaluate(conditions)),
        ),
    };
  }
}
