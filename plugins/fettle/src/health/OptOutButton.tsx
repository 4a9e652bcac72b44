import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  standardExemptPermission,
  type Drift,
} from 'backstage-plugin-fettle-common';
import {
  fettleAutomationApiRef,
  ReasonDialog,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettleTranslationRef } from '../translation';
import { OptOutDialog } from './OptOutDialog';

/** Lets a repository not follow a standard until a day, or ends that. */
export function OptOutButton(props: { drift: Drift; onChange: () => void }) {
  const { drift, onChange } = props;
  const { repositoryId, standardId, standardTitle: title } = drift;
  const api = useApi(fettleAutomationApiRef);
  const { t } = useTranslationRef(fettleTranslationRef);
  const [asked, setAsked] = useState(false);
  const close = () => setAsked(false);
  return (
    <>
      <TextButton onClick={() => setAsked(true)}>
        {t(drift.optOut ? 'standard.endOptOut' : 'standard.optOut')}
      </TextButton>
      {asked && !drift.optOut && (
        <OptOutDialog drift={drift} onClose={close} onChange={onChange} />
      )}
      {asked && drift.optOut && (
        <ReasonDialog
          title={t('standard.ask.endTitle', { title })}
          action={t('standard.ask.end')}
          reason="needed"
          permission={standardExemptPermission.name}
          onClose={close}
          onDo={async reason => {
            await api.optOutOfStandard(repositoryId, standardId, { reason });
            onChange();
          }}
        >
          {t('standard.ask.endWhat')}
        </ReasonDialog>
      )}
    </>
  );
}
