import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RepositorySecurity } from 'backstage-plugin-fettle-common';
import { CopyableConfig, StatePanel } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from '../translation';

const FEED_LINES = `fettle:
  vulnerabilities:
    feeds:
      - ecosystems: [npm, PyPI, Maven, Go, crates.io, GitHub Actions]`;

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, paddingLeft: theme.spacing(2) },
    path: { fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace' },
  }),
  { name: 'FettleSecurityNotices' },
);

/** What keeps the numbers from being the whole truth: scans that failed, files that could not be read, no advisories. */
export function SecurityNotices({
  security,
}: {
  security: RepositorySecurity;
}) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { scans, feeds } = security;
  if (scans.length === 0) {
    return (
      <StatePanel
        kind="empty"
        title={t('header.noScanner')}
        message={t('header.noScannerWhat')}
      />
    );
  }
  const waiting = scans.every(({ state }) => state === 'pending');
  const broken = feeds.filter(({ state }) => state === 'failing');
  return (
    <>
      {waiting && (
        <StatePanel
          kind="pending"
          title={t('header.notScanned')}
          message={t('header.notScannedWhat')}
        />
      )}
      {scans
        .filter(({ state }) => state === 'failed')
        .map(({ scanner, title, reason, scannedAt }) => (
          <StatePanel
            key={scanner}
            kind="failing"
            title={`${title}: ${t('header.failed')}`}
            message={reason?.message}
            since={scannedAt}
            action={reason?.action}
          />
        ))}
      {scans
        .filter(({ state }) => state === 'partial')
        .map(({ scanner, title, problems }) => (
          <StatePanel
            key={scanner}
            kind="problem"
            title={`${title}: ${t('header.partial')}`}
          >
            <details>
              <summary>{t('header.openProblems')}</summary>
              <ul className={classes.list}>
                {problems.map(({ path, message, action }) => (
                  <li key={`${path} ${message}`}>
                    {path && <span className={classes.path}>{path}: </span>}
                    {message} {action}
                  </li>
                ))}
              </ul>
            </details>
          </StatePanel>
        ))}
      {broken.map(({ id, title, reason, checkedAt }) => (
        <StatePanel
          key={id}
          kind="failing"
          title={`${title}: ${t('header.failed')}`}
          message={reason?.message}
          since={checkedAt}
          action={reason?.action}
        />
      ))}
      {feeds.length === 0 && !waiting && (
        <StatePanel
          kind="problem"
          title={t('header.noFeedsTitle')}
          message={t('header.noFeedsWhat')}
        >
          <CopyableConfig text={FEED_LINES} />
        </StatePanel>
      )}
    </>
  );
}
