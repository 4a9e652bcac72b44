import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  repositoryRefreshPermission,
  type RepositoryHealth,
} from 'backstage-plugin-fettle-common';
import { fettleApiRef, TextButton } from 'backstage-plugin-fettle-react';
import { useEffect, useState } from 'react';
import { fettleTranslationRef } from '../translation';

/** How long "the new reading is here" is worth saying. */
const SAID_FOR_MS = 10_000;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
    },
    note: {
      fontSize: '0.8125rem',
      color: theme.palette.text.secondary,
      '&:empty': { display: 'none' },
    },
  }),
  { name: 'FettleRefreshButton' },
);

type Asked =
  | { step: 'idle' }
  | { step: 'asking' }
  | { step: 'accepted'; before: string | null }
  | { step: 'failed'; message: string };

/**
 * Asks for a new reading, says that the wish was accepted, and says when the
 * reading arrived.
 */
export function RefreshButton(props: {
  repository: Pick<
    RepositoryHealth,
    'id' | 'mayRefresh' | 'collecting' | 'attemptedAt'
  >;
  onAccepted: () => void;
}) {
  const { repository, onAccepted } = props;
  const { id, mayRefresh, collecting, attemptedAt } = repository;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const api = useApi(fettleApiRef);
  const [asked, setAsked] = useState<Asked>({ step: 'idle' });

  const arrived = asked.step === 'accepted' && asked.before !== attemptedAt;
  const waiting =
    asked.step === 'asking' || (asked.step === 'accepted' && !arrived);
  const busy = waiting || collecting;

  useEffect(() => {
    if (!arrived || collecting) return undefined;
    const timer = setTimeout(() => setAsked({ step: 'idle' }), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [arrived, collecting]);

  const ask = async () => {
    setAsked({ step: 'asking' });
    try {
      await api.refresh(id);
      setAsked({ step: 'accepted', before: attemptedAt });
      onAccepted();
    } catch (error) {
      setAsked({
        step: 'failed',
        message: error instanceof Error ? error.message : String(error),
      });
    }
  };

  let note = '';
  if (!mayRefresh) {
    note = t('health.mayNot', { permission: repositoryRefreshPermission.name });
  } else if (asked.step === 'failed') {
    note = t('health.refreshFailed', { message: asked.message });
  } else if (arrived && !collecting) {
    note = t('health.arrived');
  } else if (asked.step === 'accepted') {
    note = t('health.accepted');
  }
  return (
    <span className={classes.root}>
      <span role="status" className={classes.note}>
        {note}
      </span>
      <TextButton
        variant="outlined"
        disabled={!mayRefresh || busy}
        onClick={ask}
        title={mayRefresh ? undefined : note}
      >
        {t(busy ? 'health.refreshing' : 'health.refresh')}
      </TextButton>
    </span>
  );
}
