import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  findingTriagePermission,
  type Exception,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleSecurityApiRef,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettleSecurityTranslationRef } from '../translation';

/** Ends an exception before its time. The page follows by itself. */
export function TakeBack({ exception }: { exception: Exception }) {
  const api = useApi(fettleSecurityApiRef);
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const takeBack = () => {
    setBusy(true);
    setError(undefined);
    api.endException(exception.id).then(
      () => setBusy(false),
      failed => {
        setBusy(false);
        setError(failed);
      },
    );
  };
  return (
    <div>
      <TextButton variant="outlined" disabled={busy} onClick={takeBack}>
        {t(busy ? 'details.takingBack' : 'details.takeBack')}
      </TextButton>
      {error && (
        <ErrorPanel error={error} permission={findingTriagePermission.name} />
      )}
    </div>
  );
}
