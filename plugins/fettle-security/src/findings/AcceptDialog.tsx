import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  findingTriagePermission,
  type ExceptionScope,
  type Finding,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleSecurityApiRef,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { useState, type FormEvent } from 'react';
import { fettleSecurityTranslationRef } from '../translation';

const PRESETS = [30, 90, 180];
const MOST_DAYS = 365;
const LEAST_REASON = 3;
const SCOPES: ExceptionScope[] = ['place', 'repository', 'owner'];

const useStyles = makeStyles(
  theme => ({
    content: { display: 'grid', gap: theme.spacing(2) },
    until: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      alignItems: 'flex-end',
    },
  }),
  { name: 'FettleAcceptDialog' },
);

/** Asks what is accepted, until when and why. The page follows by itself. */
export function AcceptDialog(props: { finding: Finding; onClose: () => void }) {
  const { finding, onClose } = props;
  const classes = useStyles();
  const api = useApi(fettleSecurityApiRef);
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [as, setAs] = useState<'accepted' | 'false-positive'>('accepted');
  const [scope, setScope] = useState<ExceptionScope>('place');
  const [until, setUntil] = useState(inDays(PRESETS[0]));
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const complete =
    reason.trim().length >= LEAST_REASON &&
    (as === 'false-positive' || until !== '');

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!complete || busy) return;
    setBusy(true);
    setError(undefined);
    const expiresAt = as === 'accepted' ? `${until}T23:59:59.000Z` : undefined;
    api
      .acceptFinding(finding.id, {
        as,
        scope,
        reason: reason.trim(),
        expiresAt,
      })
      .then(onClose, failed => {
        setBusy(false);
        setError(failed);
      });
  };

  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="accept-title"
    >
      <form onSubmit={save}>
        <DialogTitle id="accept-title">
          {t('accept.title', { rule: finding.rule })}
        </DialogTitle>
        <DialogContent className={classes.content}>
          <FormControl component="fieldset">
            <FormLabel component="legend">{t('accept.as')}</FormLabel>
            <RadioGroup
              name="as"
              value={as}
              onChange={(_, value) => setAs(value as typeof as)}
            >
              <FormControlLabel
                value="accepted"
                control={<Radio size="small" color="primary" />}
                label={t('accept.accepted')}
              />
              <FormControlLabel
                value="false-positive"
                control={<Radio size="small" color="primary" />}
                label={t('accept.falsePositive')}
              />
            </RadioGroup>
          </FormControl>
          <FormControl component="fieldset">
            <FormLabel component="legend">{t('accept.scope')}</FormLabel>
            <RadioGroup
              name="scope"
              value={scope}
              onChange={(_, value) => setScope(value as ExceptionScope)}
            >
              {SCOPES.map(one => (
                <FormControlLabel
                  key={one}
                  value={one}
                  control={<Radio size="small" color="primary" />}
                  label={t(`accept.${one}`)}
                />
              ))}
            </RadioGroup>
          </FormControl>
          {as === 'accepted' && (
            <div className={classes.until}>
              <TextField
                id="accept-until"
                type="date"
                label={t('accept.until')}
                value={until}
                onChange={event => setUntil(event.target.value)}
                inputProps={{ min: inDays(1), max: inDays(MOST_DAYS) }}
                InputLabelProps={{ shrink: true }}
              />
              {PRESETS.map(days => (
                <TextButton key={days} onClick={() => setUntil(inDays(days))}>
                  {t('accept.days', { n: String(days) })}
                </TextButton>
              ))}
            </div>
          )}
          <TextField
            id="accept-reason"
            multiline
            minRows={2}
            required
            label={t('accept.reason')}
            helperText={t('accept.reasonHint')}
            value={reason}
            onChange={event => setReason(event.target.value)}
          />
          {error && (
            <ErrorPanel
              error={error}
              permission={findingTriagePermission.name}
            />
          )}
        </DialogContent>
        <DialogActions>
          <TextButton onClick={onClose}>{t('accept.cancel')}</TextButton>
          <TextButton
            type="submit"
            variant="contained"
            color="primary"
            disabled={!complete || busy}
          >
            {t(busy ? 'accept.saving' : 'accept.save')}
          </TextButton>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** A day from now, as date fields have it. */
function inDays(days: number): string {
  const date = new Date(Date.now() + days * 24 * 60 * 60 * 1000);
  return date.toISOString().slice(0, 10);
}
