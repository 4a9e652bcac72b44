import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import {
  REPORT_MAX_BYTES,
  reportUploadPermission,
  type ReportAccepted,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  FettleBody,
  fettleSecurityApiRef,
  StatePanel,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettleSecurityTranslationRef } from '../translation';
import { ChosenReport } from './ChosenReport';
import { FileDrop } from './FileDrop';
import { TakenReport } from './TakenReport';
import { useReportFile } from './useReportFile';

/** Errors by which the backend says what is wrong with the report. */
const REFUSALS = ['InputError', 'ConflictError', 'PayloadTooLargeError'];

const useStyles = makeStyles(
  theme => ({
    content: { display: 'grid', gap: theme.spacing(2) },
    hint: { margin: 0, color: theme.palette.text.secondary },
  }),
  { name: 'FettleUploadDialog' },
);

/** Takes a report of another tool and tells what came of it. The page follows by itself. */
export function UploadDialog(props: {
  repositoryId: string;
  head: string;
  onClose: () => void;
}) {
  const { repositoryId, head, onClose } = props;
  const classes = useStyles();
  const api = useApi(fettleSecurityApiRef);
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { chosen, choose, forget } = useReportFile();
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState<ReportAccepted>();
  const [error, setError] = useState<Error>();
  const startOver = () => {
    forget();
    setTaken(undefined);
    setError(undefined);
  };
  const ready =
    chosen?.state === 'read' && 'form' in chosen.described
      ? { text: chosen.text, commit: chosen.described.commit ?? head }
      : undefined;
  const send = () => {
    if (!ready) return;
    setBusy(true);
    setError(undefined);
    api
      .uploadReport(repositoryId, ready)
      .then(setTaken, setError)
      .finally(() => setBusy(false));
  };
  return (
    <Dialog
      open
      onClose={busy ? undefined : onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="upload-title"
    >
      <DialogTitle id="upload-title">{t('upload.title')}</DialogTitle>
      <DialogContent>
        <FettleBody>
          <div className={classes.content}>
            <p className={classes.hint}>
              {t('upload.hint', { commit: head.slice(0, 7) })}
            </p>
            {!chosen && (
              <FileDrop
                label={t('upload.drop')}
                hint={t('upload.forms', {
                  most: String(REPORT_MAX_BYTES / 1024 / 1024),
                })}
                accept=".json,.sarif,.cdx,application/json"
                onFile={choose}
              />
            )}
            {chosen && <ChosenReport chosen={chosen} head={head} />}
            {busy && <LinearProgress aria-label={t('upload.sending')} />}
            {taken && <TakenReport taken={taken} />}
            {error && <Refusal error={error} />}
          </div>
        </FettleBody>
      </DialogContent>
      <DialogActions>
        {chosen && !busy && (
          <TextButton onClick={startOver}>{t('upload.another')}</TextButton>
        )}
        <TextButton onClick={onClose} disabled={busy}>
          {t('upload.close')}
        </TextButton>
        {!taken && (
          <TextButton
            variant="contained"
            color="primary"
            disabled={!ready || busy}
            onClick={send}
          >
            {t(busy ? 'upload.sending' : 'upload.send')}
          </TextButton>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Refusal({ error }: { error: Error }) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { cause } = error as { cause?: unknown };
  const { name, message } = cause instanceof Error ? cause : error;
  if (!REFUSALS.includes(name)) {
    return (
      <ErrorPanel error={error} permission={reportUploadPermission.name} />
    );
  }
  return (
    <StatePanel kind="problem" title={t('upload.refused')} message={message} />
  );
}
