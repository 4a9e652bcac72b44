import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { ScoreBadge } from './ScoreBadge';

describe('ScoreBadge', () => {
  it('says score and level in words', async () => {
    renderInTestApp(<ScoreBadge score={87} level="good" trend={4} />);
    expect(await screen.findByText('Score 87 of 100, good')).toBeVisible();
    expect(screen.getByText('up 4 in seven days, from 83')).toBeVisible();
  });

  it('gives every level a shape of its own', async () => {
    renderInTestApp(
      <>
        <ScoreBadge score={90} level="good" />
        <ScoreBadge score={70} level="fair" />
        <ScoreBadge score={10} level="poor" />
        <ScoreBadge score={null} level="unknown" />
      </>,
    );
    await screen.findByText('Score unknown');
    const outlines = [...document.querySelectorAll('svg[data-status]')].map(
      svg => svg.innerHTML,
    );
    expect(new Set(outlines).size).toBe(4);
  });

  it('never shows an unknown score as a number', async () => {
    renderInTestApp(<ScoreBadge score={null} level="unknown" upTo={null} />);
    const said = await screen.findByText('Score unknown');
    expect(said.closest('[data-level]')).not.toHaveTextContent(/\d/);
  });

  it('says how high the score could be only where verdicts are unknown', async () => {
    renderInTestApp(
      <>
        <ScoreBadge score={60} level="fair" upTo={85} />
        <ScoreBadge score={70} level="fair" upTo={70} />
      </>,
    );
    expect(await screen.findByText('up to 85')).toBeVisible();
    expect(screen.queryByText('up to 70')).not.toBeInTheDocument();
  });
});
