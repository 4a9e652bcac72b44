import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { findingReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleSecurityApiRef,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { saveFile } from '../saveFile';
import { fettleSecurityTranslationRef } from '../translation';
import type { FindingFilters } from './useFindingFilters';

const FORMATS = ['csv', 'sarif'] as const;

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  }),
  { name: 'FettleExportButtons' },
);

/** Saves what the filters leave as a file. */
export function ExportButtons({ filters }: { filters: FindingFilters }) {
  const classes = useStyles();
  const api = useApi(fettleSecurityApiRef);
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const save = (format: (typeof FORMATS)[number]) => {
    setBusy(true);
    setError(undefined);
    api
      .exportFindings({ ...filters, format })
      .then(file => saveFile(file, `findings.${format}`))
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <div>
      <div className={classes.root}>
        {FORMATS.map(format => (
          <TextButton
            key={format}
            variant="outlined"
            disabled={busy}
            onClick={() => save(format)}
          >
            {t(`findings.save.${format}`)}
          </TextButton>
        ))}
      </div>
      {error && (
        <ErrorPanel error={error} permission={findingReadPermission.name} />
      )}
    </div>
  );
}
