import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { fettleSecurityTranslationRef } from '../translation';
import { PackageList } from './PackageList';
import { PackageUses } from './PackageUses';
import { usePackageFilters } from './usePackageFilters';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1.5),
    },
  }),
  { name: 'FettlePackagesPage' },
);

/** Who uses what. */
export function PackagesPage() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const address = usePackageFilters();
  return (
    <div className={classes.root}>
      <div>
        <Link to="..">{t('page.title')}</Link>
      </div>
      {address.opened ? (
        <PackageUses
          key={`${address.opened.ecosystem} ${address.opened.name}`}
          of={address.opened}
          address={address}
        />
      ) : (
        <PackageList address={address} />
      )}
    </div>
  );
}
