import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { TextButton } from 'backstage-plugin-fettle-react';
import { RunDetails } from '../run/RunDetails';
import { fettlePipelinesTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { borderBottom: `1px solid ${theme.palette.divider}` },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 2, 0),
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
    },
  }),
  { name: 'FettleLinkedRun' },
);

/** A run that a link leads to and that is not among the rows below: it is older, or filtered out. */
export function LinkedRun(props: {
  repositoryId: string;
  id: string;
  onOpen: (id: string | undefined) => void;
}) {
  const { repositoryId, id, onOpen } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  return (
    <section className={classes.root} aria-label={t('run.linked')}>
      <div className={classes.head}>
        <span>{t('run.linked')}</span>
        <TextButton onClick={() => onOpen(undefined)}>
          {t('run.close')}
        </TextButton>
      </div>
      <RunDetails
        repositoryId={repositoryId}
        id={id}
        titled
        onSwitch={onOpen}
        onClose={() => onOpen(undefined)}
      />
    </section>
  );
}
