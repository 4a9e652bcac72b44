import { makeStyles } from '@material-ui/core/styles';
import type { FileDiff } from 'backstage-plugin-fettle-common';
import { DiffFile } from './DiffFile';

/** Of more files the first are open. */
const OPEN = 8;

const useStyles = makeStyles(
  theme => ({ root: { display: 'grid', gap: theme.spacing(1), minWidth: 0 } }),
  { name: 'FettleDiffView' },
);

/**
 * Files as they would be changed, each in a unified diff.
 *
 * @public
 */
export function DiffView(props: { files: readonly FileDiff[] }) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {props.files.map((file, index) => (
        <DiffFile key={file.path} file={file} closed={index >= OPEN} />
      ))}
    </div>
  );
}
