import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Drift } from 'backstage-plugin-fettle-common';
import {
  Actor,
  Age,
  DriftStateMark,
  Moment,
  RepositoryName,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';
import { useRowStyles } from '../useRowStyles';
import { useDriftWords } from './useDriftWords';

/** How one repository stands against a standard; its diff is on its own page. */
export function DriftRow({ drift }: { drift: Drift }) {
  const { state, optOut, appliedVersion } = drift;
  const classes = useRowStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const words = useDriftWords();
  return (
    <li className={classes.row} data-drift={state}>
      <DriftStateMark state={state} />
      <div className={classes.what}>
        <div className={classes.quiet}>
          <RepositoryName id={drift.repositoryId} name={drift.repository} />
        </div>
        <div className={classes.quiet}>{words(drift)}</div>
        {optOut && (
          <div className={classes.quiet}>
            {optOut.reason} · {t('standard.optedOutBy')}{' '}
            <Actor actor={optOut.actor} /> · {t('standard.until')}{' '}
            <Moment at={optOut.expiresAt} />
          </div>
        )}
      </div>
      <div className={classes.side}>
        <div>
          {appliedVersion === null
            ? t('standard.neverApplied')
            : t('standard.applied', { version: appliedVersion })}
        </div>
        <Age at={drift.checkedAt} />
      </div>
    </li>
  );
}
