import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LiveMark } from './LiveMark';

const since = new Date(2026, 4, 20, 14, 2);

describe('LiveMark', () => {
  it('says since when the page is offline, why, and offers a retry', async () => {
    const onRetry = jest.fn();
    renderInTestApp(
      <LiveMark
        live={{
          mode: 'offline',
          since,
          checkedAt: since,
          reason: 'the backend does not answer',
        }}
        onRetry={onRetry}
      />,
    );
    const mark = await screen.findByText(/^offline since .*02/);
    expect(mark.parentElement).toHaveAttribute(
      'title',
      expect.stringContaining('the backend does not answer'),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });

  it.each(['live', 'connecting', 'catching-up'] as const)(
    'offers nothing to retry while %s',
    async mode => {
      renderInTestApp(<LiveMark live={{ mode, since }} onRetry={jest.fn()} />);
      expect(await screen.findByRole('status')).toHaveTextContent(
        mode.replace('-', ' '),
      );
      expect(screen.queryByRole('button')).not.toBeInTheDocument();
    },
  );
});
