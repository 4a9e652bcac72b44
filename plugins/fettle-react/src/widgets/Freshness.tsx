import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RepositorySummary } from 'backstage-plugin-fettle-common';
import { Age } from './Age';
import { fettleReactTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
      fontVariantNumeric: 'tabular-nums',
    },
    commit: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.95em',
      color: theme.palette.text.primary,
    },
  }),
  { name: 'FettleFreshness' },
);

/**
 * When a repository was last read, and at which commit.
 *
 * @public
 */
export function Freshness(props: {
  repository: Pick<
    RepositorySummary,
    'collectedAt' | 'attemptedAt' | 'defaultBranch' | 'head'
  >;
}) {
  const { collectedAt, attemptedAt, defaultBranch, head } = props.repository;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const triedSince = attemptedAt !== null && attemptedAt !== collectedAt;
  return (
    <span className={classes.root}>
      {collectedAt ? (
        <>
          {t('freshness.scanned')} <Age at={collectedAt} />
        </>
      ) : (
        t('freshness.never')
      )}
      {triedSince && (
        <>
          {' · '}
          {t('freshness.tried')} <Age at={attemptedAt} />
        </>
      )}
      {(defaultBranch || collectedAt) && ' · '}
      {defaultBranch ?? (collectedAt && t('freshness.noBranch'))}
      {head && (
        <>
          {' @ '}
          <span
            className={classes.commit}
            title={t('freshness.commit', {
              commit: head.commit,
              subject: head.subject,
            })}
          >
            {head.commit.slice(0, 7)}
          </span>
        </>
      )}
    </span>
  );
}
