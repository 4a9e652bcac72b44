import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Behind,
  NewestVersion as Newest,
} from 'backstage-plugin-fettle-common';
import { fettleSecurityTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => ({
    version: { display: 'block', overflowWrap: 'anywhere' },
    quiet: { color: theme.palette.text.secondary },
    notes: {
      ...{ display: 'block', fontSize: '0.75rem' },
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'FettleNewestVersion' },
);

/** The newest version that is known, who knows it, and how far behind it something is. */
export function NewestVersion(props: {
  newest: Newest | null;
  /** Left out where it is about a package as a whole. */
  behind?: Behind | null;
}) {
  const { newest, behind } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const describe = useBehind();
  if (!newest) {
    return <span className={classes.quiet}>{t('components.unknown')}</span>;
  }
  const { version, from, publishedAt, checkedAt, problem } = newest;
  const day = (at: string) => new Date(at).toLocaleDateString();
  const isNewest = behind?.step === 'none';
  const notes = [
    ...(isNewest && from === 'registry' ? [t('newest.upToDate')] : []),
    ...(behind && !isNewest ? [describe(behind)] : []),
    ...(from === 'fleet' ? [t('newest.inFleet')] : []),
  ];
  const more = [
    ...(publishedAt ? [t('newest.published', { day: day(publishedAt) })] : []),
    ...(checkedAt && from === 'registry'
      ? [t('newest.checked', { day: day(checkedAt) })]
      : []),
    ...(problem ? [`${problem.message} ${problem.action}`] : []),
    ...(from === 'fleet' && !problem ? [t('newest.notAsked')] : []),
  ];
  return (
    <span title={more.join('\n')}>
      <span className={classes.version}>{version}</span>
      {notes.length > 0 && (
        <span className={classes.notes}>{notes.join(' · ')}</span>
      )}
    </span>
  );
}

/** How far behind something is, in words. */
export function useBehind(): (behind: Behind) => string {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  return ({ step, by }) => {
    switch (step) {
      case 'none':
        return t('newest.upToDate');
      case 'newer':
        return t('newest.newer');
      default:
        return t(`newest.${step}`, { count: by });
    }
  };
}
