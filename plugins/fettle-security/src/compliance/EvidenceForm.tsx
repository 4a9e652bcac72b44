import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  evidenceExportPermission,
  type Framework,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleSecurityApiRef,
  Section,
  StatePanel,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { useState, type FormEvent } from 'react';
import { saveFile } from '../saveFile';
import { fettleSecurityTranslationRef } from '../translation';

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_DAYS = 90;

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1.5) },
    hint: { margin: 0, color: theme.palette.text.secondary, maxWidth: 760 },
    form: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-end',
      gap: theme.spacing(1, 2),
    },
  }),
  { name: 'FettleEvidenceForm' },
);

/** Asks for a period and saves its evidence as a file. */
export function EvidenceForm(props: {
  framework: Framework;
  owner: string | undefined;
  allowed: boolean;
}) {
  const { framework, owner, allowed } = props;
  const classes = useStyles();
  const api = useApi(fettleSecurityApiRef);
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [from, setFrom] = useState(() => daysAgo(DEFAULT_DAYS));
  const [to, setTo] = useState(() => daysAgo(0));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  if (!allowed) {
    return (
      <Section title={t('evidence.title')}>
        <StatePanel
          kind="forbidden"
          title={t('evidence.forbidden')}
          permission={evidenceExportPermission.name}
        />
      </Section>
    );
  }
  const valid = from !== '' && to !== '' && from <= to;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!valid || busy) return;
    setBusy(true);
    setError(undefined);
    api
      .getEvidence(framework.id, { from, to, owner })
      .then(file => saveFile(file, `${framework.id}-${from}-${to}.zip`))
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <Section title={t('evidence.title')}>
      <div className={classes.root}>
        <p className={classes.hint}>{t('evidence.hint')}</p>
        <form className={classes.form} onSubmit={submit}>
          <TextField
            id="evidence-from"
            type="date"
            label={t('evidence.from')}
            value={from}
            onChange={event => setFrom(event.target.value)}
            InputLabelProps={{ shrink: true }}
          />
          <TextField
            id="evidence-to"
            type="date"
            label={t('evidence.to')}
            value={to}
            onChange={event => setTo(event.target.value)}
            InputLabelProps={{ shrink: true }}
          />
          <TextButton
            type="submit"
            variant="outlined"
            disabled={!valid || busy}
          >
            {t(busy ? 'evidence.busy' : 'evidence.export')}
          </TextButton>
        </form>
        {error && (
          <ErrorPanel
            error={error}
            permission={evidenceExportPermission.name}
          />
        )}
      </div>
    </Section>
  );
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}
