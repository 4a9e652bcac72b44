import { renderInTestApp } from '@backstage/frontend-test-utils';
import { fireEvent, screen } from '@testing-library/react';
import { HistoryChart } from './HistoryChart';

const END = new Date('2026-05-20T12:00:00.000Z');

describe('HistoryChart', () => {
  it('reads single days by the arrow keys, unknown ones included', async () => {
    renderInTestApp(
      <HistoryChart
        end={END}
        days={[
          { at: '2026-05-18T00:00:00.000Z', score: 83 },
          { at: '2026-05-19T00:00:00.000Z', score: null },
          { at: '2026-05-20T00:00:00.000Z', score: 87 },
        ]}
      />,
    );
    const chart = await screen.findByRole('img', {
      name: /Score over 90 days/,
    });
    fireEvent.keyDown(chart, { key: 'ArrowLeft' });
    expect(screen.getByText('May 20: 87')).toBeInTheDocument();
    fireEvent.keyDown(chart, { key: 'ArrowLeft' });
    expect(screen.getByText('May 19: unknown')).toBeInTheDocument();
  });

  it('says that a single reading is the first', async () => {
    renderInTestApp(
      <HistoryChart
        end={END}
        days={[{ at: '2026-05-20T00:00:00.000Z', score: 87 }]}
      />,
    );
    expect(await screen.findByText(/The first reading/)).toBeInTheDocument();
  });
});
