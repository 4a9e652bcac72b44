import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  policyReplayPermission,
  policyScopeSchema,
  type PolicyReplayed,
  type PolicyScope,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleSecurityApiRef,
  FilterMenu,
  Section,
  Skeleton,
  StatePanel,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { fettleSecurityTranslationRef } from '../translation';
import { ReplayResult } from './ReplayResult';

/** A policy that is not in config (yet). */
export interface Draft {
  condition: string;
  scope: PolicyScope;
}

export const NO_DRAFT: Draft = {
  condition: '',
  scope: policyScopeSchema.parse({}),
};

const DAYS = [7, 30, 90];

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1.5), minWidth: 0 },
    hint: { margin: 0, color: theme.palette.text.secondary, maxWidth: 760 },
    form: { display: 'grid', gap: theme.spacing(1.5) },
    code: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.875rem',
    },
    bar: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
  }),
  { name: 'FettleReplaySection' },
);

/** Tries a draft on today's repositories and on what is stored of the days before. */
export function ReplaySection(props: {
  draft: Draft;
  onChange: (draft: Draft) => void;
  allowed: boolean;
}) {
  const { draft, onChange, allowed } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [days, setDays] = useState(DAYS[1]);
  const { result, error, busy, replay } = useReplay();
  if (!allowed) {
    return (
      <Section title={t('replay.title')}>
        <StatePanel
          kind="forbidden"
          title={t('replay.forbidden')}
          permission={policyReplayPermission.name}
        />
      </Section>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.condition.trim() !== '' && !busy) replay(draft, days);
  };
  return (
    <Section title={t('replay.title')}>
      <div className={classes.root}>
        <p className={classes.hint}>{t('replay.hint')}</p>
        <form className={classes.form} onSubmit={submit}>
          <TextField
            id="replay-condition"
            label={t('policies.condition')}
            variant="outlined"
            multiline
            minRows={2}
            required
            value={draft.condition}
            onChange={event =>
              onChange({ ...draft, condition: event.target.value })
            }
            inputProps={{ className: classes.code, spellCheck: false }}
            placeholder='!findings.exists(f, f.kind == "secret" && f.state == "open")'
            InputLabelProps={{ shrink: true }}
          />
          <TextField
            id="replay-when"
            label={t('policies.when')}
            variant="outlined"
            size="small"
            value={draft.scope.when ?? ''}
            onChange={event =>
              onChange({
                ...draft,
                scope: { ...draft.scope, when: event.target.value || null },
              })
            }
            inputProps={{ className: classes.code, spellCheck: false }}
            placeholder='"group:default/payments" in repository.owners'
            helperText={t('replay.whenHint')}
            InputLabelProps={{ shrink: true }}
          />
          <div className={classes.bar}>
            <TextButton
              type="submit"
              variant="contained"
              color="primary"
              disabled={busy || draft.condition.trim() === ''}
            >
              {t(busy ? 'replay.busy' : 'replay.run')}
            </TextButton>
            <FilterMenu
              single
              label={t('replay.back')}
              options={DAYS.map(n => ({
                value: String(n),
                label: t('fleet.days', { days: String(n) }),
              }))}
              selected={[String(days)]}
              onSelect={chosen => setDays(Number(chosen?.[0] ?? DAYS[1]))}
            />
          </div>
        </form>
        {error && <DraftError error={error} />}
        {busy && !result && <Skeleton height={160} />}
        {result && <ReplayResult replayed={result} />}
      </div>
    </Section>
  );
}

/** What is wrong with the draft, in the words of the backend; anything else as everywhere. */
function DraftError({ error }: { error: Error }) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  // A ResponseError carries the server's own error as its cause.
  const { cause } = error as { cause?: unknown };
  const { name, message } = cause instanceof Error ? cause : error;
  if (name !== 'InputError') {
    return (
      <ErrorPanel error={error} permission={policyReplayPermission.name} />
    );
  }
  return (
    <StatePanel kind="problem" title={t('replay.wrong')} message={message} />
  );
}

function useReplay() {
  const api = useApi(fettleSecurityApiRef);
  const [result, setResult] = useState<PolicyReplayed>();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const stop = useRef<AbortController>();
  useEffect(() => () => stop.current?.abort(), []);
  const replay = (policy: Draft, days: number) => {
    stop.current?.abort();
    const run = new AbortController();
    stop.current = run;
    setBusy(true);
    setError(undefined);
    api.replayPolicy({ policy, days }, { signal: run.signal }).then(
      found => {
        setResult(found);
        setBusy(false);
      },
      failed => {
        if (run.signal.aborted) return;
        setResult(undefined);
        setError(failed);
        setBusy(false);
      },
    );
  };
  return { result, error, busy, replay };
}
