import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useState, type FormEvent, type ReactNode } from 'react';
import { ErrorPanel } from '../widgets/ErrorPanel';
import { fettleReactTranslationRef } from '../widgets/translation';
import { useTask } from './useTask';

const LEAST = 3;
/** One dialog is open at a time. */
const TITLE = 'fettle-reason-title';

const useStyles = makeStyles(
  theme => ({
    content: { display: 'grid', gap: theme.spacing(2) },
    text: { margin: 0 },
    button: { textTransform: 'none' },
  }),
  { name: 'FettleReasonDialog' },
);

/**
 * Asks before something is done, and why.
 *
 * @public
 */
export function ReasonDialog(props: {
  title: string;
  /** What it will do, in words. */
  children?: ReactNode;
  /** The word on the button that does it. */
  action: string;
  /** Whether a reason is asked for, and must be given. */
  reason: 'needed' | 'possible' | 'none';
  permission: string;
  onDo: (reason: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { title, action, permission, onDo, onClose } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const [reason, setReason] = useState('');
  const { busy, error, run } = useTask();
  const complete = props.reason !== 'needed' || reason.trim().length >= LEAST;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!complete || busy) return;
    const done = await run('do', async () => {
      await onDo(reason.trim());
      return true;
    });
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby={TITLE}
    >
      <form onSubmit={save}>
        <DialogTitle id={TITLE}>{title}</DialogTitle>
        <DialogContent className={classes.content}>
          {props.children && (
            <div className={classes.text}>{props.children}</div>
          )}
          {props.reason !== 'none' && (
            <TextField
              label={t(
                props.reason === 'needed'
                  ? 'automation.dialog.why'
                  : 'automation.dialog.whyPossible',
              )}
              helperText={t('automation.dialog.whyHint')}
              value={reason}
              onChange={event => setReason(event.target.value)}
              multiline
              minRows={2}
              variant="outlined"
              inputProps={{ maxLength: 2000 }}
            />
          )}
          {error && <ErrorPanel error={error} permission={permission} />}
        </DialogContent>
        <DialogActions>
          <Button className={classes.button} onClick={onClose}>
            {t('automation.dialog.cancel')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            className={classes.button}
            disabled={!complete || busy !== undefined}
          >
            {busy ? t('automation.busy') : action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
