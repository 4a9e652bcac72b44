import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Package } from 'backstage-plugin-fettle-common';
import { useBehind } from '../NewestVersion';
import { fettleSecurityTranslationRef } from '../translation';

const SHOWN = 3;

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 1.5) },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleVersionSpread' },
);

/** Which versions are in use, by how many, and how far behind; the most used first. */
export function VersionSpread({ of }: { of: Package }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const describe = useBehind();
  const rest = of.versionCount - Math.min(SHOWN, of.versions.length);
  return (
    <span className={classes.root}>
      {of.versions.slice(0, SHOWN).map(({ version, repositories, behind }) => (
        <span key={version ?? ''}>
          {version ?? t('packages.noVersion')}{' '}
          <span className={classes.quiet}>
            ×{repositories}
            {behind && behind.step !== 'none' && ` · ${describe(behind)}`}
          </span>
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
