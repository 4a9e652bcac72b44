import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  standardExemptPermission,
  type Drift,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleAutomationApiRef,
  TextButton,
  useTask,
} from 'backstage-plugin-fettle-react';
import { useState, type FormEvent } from 'react';
import { fettleTranslationRef } from '../translation';

const PRESETS = [30, 90, 180];
/** The backend takes a year. */
const MOST_DAYS = 365;
const LEAST_REASON = 3;
const DAY_MS = 24 * 60 * 60 * 1000;

const useStyles = makeStyles(
  theme => ({
    content: { display: 'grid', gap: theme.spacing(2) },
    what: { margin: 0 },
    until: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      alignItems: 'flex-end',
    },
  }),
  { name: 'FettleOptOutDialog' },
);

/** Asks until when a repository need not follow a standard, and why. */
export function OptOutDialog(props: {
  drift: Drift;
  onClose: () => void;
  onChange: () => void;
}) {
  const { drift, onClose, onChange } = props;
  const classes = useStyles();
  const api = useApi(fettleAutomationApiRef);
  const { t } = useTranslationRef(fettleTranslationRef);
  const [until, setUntil] = useState(inDays(PRESETS[0]));
  const [reason, setReason] = useState('');
  const { busy, error, run } = useTask();
  const complete = reason.trim().length >= LEAST_REASON && until !== '';

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!complete || busy) return;
    const { repositoryId, standardId } = drift;
    const done = await run('save', () =>
      api.optOutOfStandard(repositoryId, standardId, {
        reason: reason.trim(),
        expiresAt: `${until}T23:59:59.000Z`,
      }),
    );
    if (!done) return;
    onChange();
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="opt-out-title"
    >
      <form onSubmit={save} noValidate>
        <DialogTitle id="opt-out-title">
          {t('standard.ask.title', { title: drift.standardTitle })}
        </DialogTitle>
        <DialogContent className={classes.content}>
          <p className={classes.what}>{t('standard.ask.what')}</p>
          <div className={classes.until}>
            <TextField
              id="opt-out-until"
              type="date"
              label={t('standard.ask.until')}
              value={until}
              onChange={event => setUntil(event.target.value)}
              inputProps={{ min: inDays(1), max: inDays(MOST_DAYS) }}
              InputLabelProps={{ shrink: true }}
            />
            {PRESETS.map(days => (
              <TextButton key={days} onClick={() => setUntil(inDays(days))}>
                {t('standard.ask.days', { n: String(days) })}
              </TextButton>
            ))}
          </div>
          <TextField
            id="opt-out-reason"
            multiline
            minRows={2}
            required
            label={t('standard.ask.reason')}
            helperText={t('standard.ask.reasonHint')}
            value={reason}
            onChange={event => setReason(event.target.value)}
            inputProps={{ maxLength: 2000 }}
          />
          {error && (
            <ErrorPanel
              error={error}
              permission={standardExemptPermission.name}
            />
          )}
        </DialogContent>
        <DialogActions>
          <TextButton onClick={onClose}>{t('standard.ask.cancel')}</TextButton>
          <TextButton
            type="submit"
            variant="contained"
            color="primary"
            disabled={!complete || busy !== undefined}
          >
            {t(busy ? 'standard.ask.saving' : 'standard.ask.save')}
          </TextButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** A day from now, as date fields have it. */
function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}
