import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { TextButton } from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettleSecurityTranslationRef } from '../translation';
import { UploadDialog } from './UploadDialog';

/** Where a report of another tool is handed over. */
export function UploadReport(props: { repositoryId: string; head: string }) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [open, setOpen] = useState(false);
  return (
    <>
      <TextButton variant="outlined" onClick={() => setOpen(true)}>
        {t('upload.button')}
      </TextButton>
      {open && <UploadDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
