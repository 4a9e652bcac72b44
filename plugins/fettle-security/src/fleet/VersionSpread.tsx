import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Package } from 'backstage-plugin-fettle-common';
import { fettleSecurityTranslationRef } from '../translation';

const SHOWN = 3;

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 1.5) },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleVersionSpread' },
);

/** Which versions are in use, and by how many; the most used first. */
export function VersionSpread({ of }: { of: Package }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const rest = of.versionCount - Math.min(SHOWN, of.versions.length);
  return (
    <span className={classes.root}>
      {of.versions.slice(0, SHOWN).map(({ version, repositories }) => (
        <span key={version ?? ''}>
          {version ?? t('packages.noVersion')}{' '}
          <span className={classes.quiet}>×{repositories}</span>
        </span>
      ))}
      {rest > 0 && (
        <span className={classes.quiet}>
          {t('packages.more', { n: String(rest) })}
        </span>
      )}
    </span>
  );
}
