import Button, { type ButtonProps } from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  {
    root: { textTransform: 'none', flex: 'none', whiteSpace: 'nowrap' },
  },
  { name: 'FettleTextButton' },
);

/**
 * A small button that says its words as they are written.
 *
 * @public
 */
export function TextButton(props: ButtonProps) {
  const classes = useStyles();
  return (
    <Button
      size="small"
      {...props}
      className={`${classes.root} ${props.className ?? ''}`}
    />
  );
}
