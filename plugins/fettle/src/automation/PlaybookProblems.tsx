import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Playbooks } from 'backstage-plugin-fettle-common';
import { PlaceLink, StatePanel } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

/** Files that hold no right playbook or standard: which, in which line, and why. */
export function PlaybookProblems(props: {
  problems: Playbooks['problems'];
  title?: string;
}) {
  const { t } = useTranslationRef(fettleTranslationRef);
  return (
    <>
      {props.problems.map(({ repository, path, line, reason }) => (
        <StatePanel
          key={`${repository} ${path} ${line} ${reason.message}`}
          kind="failing"
          title={props.title ?? t('automation.fileProblem')}
          source={
            <>
              {repository} <PlaceLink path={path} line={line} />
            </>
          }
          message={reason.message}
          action={reason.action || undefined}
        />
      ))}
    </>
  );
}
