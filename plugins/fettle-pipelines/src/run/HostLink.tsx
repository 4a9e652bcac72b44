import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { tones } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      color: tones(theme).accent,
      whiteSpace: 'nowrap',
      fontSize: '0.8125rem',
      textDecoration: 'none',
      '&:hover': { textDecoration: 'underline' },
    },
  }),
  { name: 'FettleHostLink' },
);

/** Leads to a run or job on its host; nothing where the host has no page of it, or none that may be opened. */
export function HostLink(props: { url: string | null; what: string }) {
  const { url, what } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  // The address was told by a host: it may be anything.
  if (!url || !/^https?:\/\//i.test(url)) return null;
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      className={classes.root}
      aria-label={t('run.onHostOf', { what })}
    >
      {t('run.onHost')} <span aria-hidden="true">↗</span>
    </a>
  );
}
