import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { PolicyRest, PolicyResult } from 'backstage-plugin-fettle-common';
import type { ReactNode } from 'react';
import { fettleSecurityTranslationRef } from '../translation';
import { PolicyFacts } from './PolicyFacts';

const useStyles = makeStyles(
  { list: { margin: 0, padding: 0, listStyle: 'none' } },
  { name: 'FettlePolicyResultPanel' },
);

/** What a result rests on, what may be missing from it, and the policy itself. */
export function PolicyResultPanel({ result }: { result: PolicyResult }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { policy, reason, caveats, rests, commit } = result;
  const list = (items: readonly ReactNode[]) =>
    items.length > 0 && (
      <ul className={classes.list}>
        {items.map((item, index) => (
          <li key={index}>{item}</li>
        ))}
      </ul>
    );
  return (
    <PolicyFacts
      policy={policy}
      more={[
        [
          t('policies.reason'),
          reason && `${reason.message} ${reason.action}`.trim(),
        ],
        [
          t('policies.restsOn'),
          list(rests.map(rest => <Rest key={rest.input} rest={rest} />)),
        ],
        [t('policies.caveats'), list(caveats)],
        [
          t('policies.judged'),
          commit && <code key="commit">{commit.slice(0, 7)}</code>,
        ],
      ]}
    />
  );
}

function Rest({ rest }: { rest: PolicyRest }) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { input, of, offending, first } = rest;
  const name = t(`policies.input.${input}`);
  if (offending === null) {
    return <>{t('policies.restOf', { name, of: String(of) })}</>;
  }
  // Ids of findings say nothing to people; names of the rest do.
  const named = input === 'findings' ? [] : first;
  return (
    <>
      {t('policies.restOffending', {
        name,
        n: String(offending),
        of: String(of),
      })}
      {named.length > 0 && `: ${named.join(', ')}`}
      {named.length > 0 && named.length < offending && ', …'}
    </>
  );
}
