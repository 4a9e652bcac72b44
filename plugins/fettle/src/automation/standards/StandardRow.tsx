import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Standards } from 'backstage-plugin-fettle-common';
import { fettleTranslationRef } from '../../translation';
import { useRowStyles } from '../useRowStyles';
import { AdoptionBar } from './AdoptionBar';
import { StandardVersions } from './StandardVersions';

const useStyles = makeStyles(
  theme => ({
    row: {
      gridTemplateColumns: 'minmax(0, 1.2fr) minmax(0, 1fr) 7em',
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    title: {
      fontWeight: 600,
      '&::after': { content: '""', position: 'absolute', inset: 0 },
    },
    adoption: { minWidth: 0, paddingTop: 5 },
  }),
  { name: 'FettleStandardRow' },
);

/** One standard in a line: what it is, who follows it; it leads to its page. */
export function StandardRow({ item }: { item: Standards['items'][number] }) {
  const { standard, counts, versions } = item;
  const rows = useRowStyles();
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { files, settings } = standard;
  return (
    <li className={`${rows.row} ${classes.row}`} data-standard={standard.id}>
      <div className={rows.what}>
        <Link
          to={encodeURIComponent(standard.id)}
          color="inherit"
          className={classes.title}
        >
          {standard.title}
        </Link>
        <div className={rows.quiet}>{standard.description}</div>
      </div>
      <div className={classes.adoption}>
        <AdoptionBar counts={counts} />
        <StandardVersions versions={versions} current={standard.version} />
      </div>
      <div className={rows.side}>
        <div>{t('standard.version', { version: standard.version })}</div>
        {files.length > 0 && (
          <div>{t('standard.files', { count: files.length })}</div>
        )}
        {settings.length > 0 && (
          <div>{t('standard.settings', { count: settings.length })}</div>
        )}
      </div>
    </li>
  );
}
