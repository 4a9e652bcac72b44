import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { findingReadPermission } from 'backstage-plugin-fettle-common';
import { ErrorPanel, TextButton } from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { saveFile } from '../saveFile';
import { fettleSecurityTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  }),
  { name: 'FettleExportButtons' },
);

type Format = 'csv' | 'sarif' | 'cyclonedx';

/** Saves what the filters leave as a file. */
export function ExportButtons<F extends Format>(props: {
  /** The names of the files, by their formats. */
  files: Record<F, string>;
  read(format: F): Promise<Blob>;
}) {
  const { files, read } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const save = (format: F) => {
    setBusy(true);
    setError(undefined);
    read(format)
      .then(file => saveFile(file, files[format]))
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <div>
      <div className={classes.root}>
        {(Object.keys(files) as F[]).map(format => (
          <TextButton
            key={format}
            variant="outlined"
            disabled={busy}
            onClick={() => save(format)}
          >
            {t(`findings.save.${format as Format}`)}
          </TextButton>
        ))}
      </div>
      {error && (
        <ErrorPanel error={error} permission={findingReadPermission.name} />
      )}
    </div>
  );
}
