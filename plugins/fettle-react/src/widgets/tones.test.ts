import { createTheme } from '@material-ui/core/styles';
import { getContrastRatio } from '@material-ui/core/styles/colorManipulator';
import { palettes } from '@backstage/theme';
import { readableOn, tones } from './tones';

describe('tones', () => {
  it.each(['light', 'dark'] as const)(
    'can be read on every background of the %s theme',
    name => {
      const theme = createTheme({ palette: palettes[name] });
      const { paper, default: page } = theme.palette.background;
      for (const colour of Object.values(tones(theme))) {
        expect(getContrastRatio(colour, paper)).toBeGreaterThanOrEqual(4.5);
        expect(getContrastRatio(colour, page)).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it('leaves a colour alone that can be read already', () => {
    expect(readableOn('#990000', ['#ffffff'])).toBe('#990000');
  });
});
