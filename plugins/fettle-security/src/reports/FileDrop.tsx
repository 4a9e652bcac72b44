import { makeStyles } from '@material-ui/core/styles';
import { useState, type ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'relative',
      display: 'grid',
      justifyItems: 'center',
      gap: theme.spacing(0.5),
      padding: theme.spacing(3, 2),
      border: `2px dashed ${theme.palette.divider}`,
      borderRadius: 8,
      textAlign: 'center',
      cursor: 'pointer',
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-within': {
        borderColor: theme.palette.primary.main,
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: 2,
      },
    },
    over: {
      borderColor: theme.palette.primary.main,
      background: theme.palette.action.hover,
    },
    // It covers all, so that what is dropped anywhere lands in it.
    input: {
      position: 'absolute',
      inset: 0,
      opacity: 0,
      cursor: 'pointer',
      width: '100%',
    },
    label: { fontWeight: 600 },
    hint: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'FettleFileDrop' },
);

/** A place to drop a file on, or to choose one by. */
export function FileDrop(props: {
  label: string;
  hint: ReactNode;
  accept: string;
  onFile: (file: File) => void;
}) {
  const { label, hint, accept, onFile } = props;
  const classes = useStyles();
  const [over, setOver] = useState(false);
  return (
    <div
      className={`${classes.root} ${over ? classes.over : ''}`}
      onDragEnter={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files.item(0);
        if (file) onFile(file);
      }}
      onDragOver={event => event.preventDefault()}
    >
      <span className={classes.label} aria-hidden="true">
        {label}
      </span>
      <span className={classes.hint} id="file-drop-hint">
        {hint}
      </span>
      <input
        type="file"
        className={classes.input}
        aria-label={label}
        aria-describedby="file-drop-hint"
        accept={accept}
        onChange={event => {
          const file = event.target.files?.item(0);
          // The same file can be chosen again after it was mended.
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </div>
  );
}
