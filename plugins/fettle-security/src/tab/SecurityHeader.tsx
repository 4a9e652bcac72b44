import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RepositorySecurity } from 'backstage-plugin-fettle-common';
import {
  Age,
  LiveMark,
  tones,
  type LiveState,
} from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { Day } from '../Day';
import { SeverityCounts } from '../SeverityCounts';
import { fettleSecurityTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1.5, 2),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      background: theme.palette.background.paper,
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      alignItems: 'baseline',
      gap: theme.spacing(0.5, 2),
    },
    open: { fontSize: '1.0625rem' },
    facts: {
      margin: 0,
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1, 3),
      '& dt': { color: theme.palette.text.secondary, fontSize: '0.75rem' },
      '& dd': { margin: 0, fontVariantNumeric: 'tabular-nums' },
    },
    overdue: { color: tones(theme).bad, fontWeight: 600 },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleSecurityHeader' },
);

/** How it stands at a glance, and how far that can be trusted: what was scanned, and how old the advisories are. */
export function SecurityHeader(props: {
  security: RepositorySecurity;
  live: LiveState;
  onRetry: () => void;
  /** Beside the facts. */
  action?: ReactNode;
}) {
  const { security, live, onRetry } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { scans, overdue, accepted, nextExceptionEndsAt } = security;
  const scanned = scans.some(({ commit }) => commit !== null);
  return (
    <section className={classes.root} aria-label={t('header.label')}>
      <div className={classes.line}>
        <span className={classes.open}>
          {scanned ? (
            <SeverityCounts open={security.open} />
          ) : (
            <span className={classes.quiet}>{t('header.notScanned')}</span>
          )}
        </span>
        <LiveMark live={live} onRetry={onRetry} />
      </div>
      <div className={classes.line}>
        <dl className={classes.facts}>
          {overdue > 0 && (
            <Fact name={t('fleet.overdueTitle')}>
              <span className={classes.overdue}>{overdue}</span>
            </Fact>
          )}
          {accepted > 0 && (
            <Fact name={t('state.accepted')}>
              {accepted}
              {nextExceptionEndsAt && (
                <span className={classes.quiet}>
                  {` · ${t('header.nextEnds')} `}
                  <Day at={nextExceptionEndsAt} />
                </span>
              )}
            </Fact>
          )}
          <Fact name={t('components.title')}>
            {scanned ? security.components : '–'}
          </Fact>
          <Fact name={t('header.daysToFix')}>
            {security.daysToFix === null ? (
              <span className={classes.quiet}>{t('header.notEnough')}</span>
            ) : (
              t('header.days', { n: String(security.daysToFix) })
            )}
          </Fact>
          <Fact name={t('header.feeds')}>
            <Feeds security={security} />
          </Fact>
          <Fact name={t('header.scans')}>
            <ScannedAt security={security} />
          </Fact>
        </dl>
        {props.action}
      </div>
    </section>
  );
}

function Feeds({ security }: { security: RepositorySecurity }) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { feeds } = security;
  if (feeds.length === 0) return <>{t('header.noFeeds')}</>;
  // The oldest look is how far all of it can be trusted.
  const looks = feeds.map(({ checkedAt }) => checkedAt ?? '').sort();
  if (looks[0] === '') return <>{t('header.neverImported')}</>;
  return (
    <>
      {t('header.checked')} <Age at={looks[0]} />
    </>
  );
}

function ScannedAt({ security }: { security: RepositorySecurity }) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const newest = security.scans
    .filter(({ scannedAt }) => scannedAt !== null)
    .sort((a, b) => (a.scannedAt! < b.scannedAt! ? 1 : -1))[0];
  if (!newest) return <>{t('header.notScanned')}</>;
  return (
    <>
      <Age at={newest.scannedAt} />
      {newest.commit && (
        <>
          {' · '}
          <code>{newest.commit.slice(0, 7)}</code>
        </>
      )}
    </>
  );
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
