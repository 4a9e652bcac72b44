import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import type { Remediation } from 'backstage-plugin-fettle-common';
import {
  Age,
  RemediationStateMark,
  RepositoryName,
  useAutomationDrawer,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import { useRowStyles } from './useRowStyles';

/** One remediation in a line; its story opens in the drawer. */
export function RemediationRow(props: {
  remediation: Remediation;
  /** Below each other, without the repository, where the page is about it. */
  narrow?: boolean;
}) {
  const { remediation, narrow } = props;
  const { id, state, reason, change, waitsFor } = remediation;
  const classes = useRowStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const drawer = useAutomationDrawer();
  const page = change?.url && /^https?:/i.test(change.url) ? change.url : null;
  return (
    <li
      className={`${classes.row} ${narrow ? classes.narrow : ''}`}
      data-remediation={state}
    >
      <RemediationStateMark state={state} />
      <div className={classes.what}>
        <ButtonBase
          disableRipple
          className={classes.open}
          onClick={() => drawer?.open({ kind: 'remediation', id })}
        >
          {remediation.title}
        </ButtonBase>
        <div className={classes.quiet}>
          {!narrow && (
            <>
              <RepositoryName
                id={remediation.repositoryId}
                name={remediation.repository}
              />
              {' · '}
            </>
          )}
          {remediation.playbookTitle}
          {waitsFor && ` · ${t('automation.waitsForPerson')}`}
        </div>
        {reason && <div className={classes.quiet}>{reason.message}</div>}
      </div>
      <div className={classes.side}>
        <Age at={remediation.stateSince} />
        {page && (
          <div>
            <Link to={page}>{t('automation.change')}</Link>
          </div>
        )}
      </div>
    </li>
  );
}
