import { LiveChannel } from './LiveChannel';
import { browserEnvironment, type LiveEnvironment } from './LiveEnvironment';
import { Signals } from './testing/World';

describe('LiveChannel', () => {
  let signals: Signals;
  let hidden: boolean;
  let show: () => void;
  let channel: LiveChannel;
  const listener = { onHint: jest.fn(), onHeardChange: jest.fn() };

  const pass = (ms: number) => jest.advanceTimersByTime(ms);
  const beat = (revision = 1) =>
    signals.send('fettle:fleet', { scope: 'fleet', revision });

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
    signals = new Signals();
    hidden = false;
    const environment: LiveEnvironment = {
      ...browserEnvironment(signals),
      isHidden: () => hidden,
      onVisibilityChange: callback => {
        show = callback;
        return () => {};
      },
    };
    channel = new LiveChannel(environment);
  });
  afterEach(() => jest.useRealTimers());

  it('opens one connection first, and only then the other channels', () => {
    channel.open('a', listener);
    channel.open('b', listener);
    expect(signals.channels()).toEqual(['fettle:fleet']);
    pass(300);
    expect(signals.channels()).toEqual([
      'fettle:fleet',
      'fettle:a',
      'fettle:b',
    ]);
    channel.open('c', listener);
    expect(signals.channels()).toContain('fettle:c');
  });

  it('tells listeners of a repository about its own hints and those of the fleet', () => {
    const other = { onHint: jest.fn(), onHeardChange: jest.fn() };
    channel.open('a', listener);
    channel.open('b', other);
    pass(300);
    signals.send('fettle:a', { scope: 'a', revision: 4 });
    beat(5);
    expect(listener.onHint.mock.calls.map(([hint]) => hint.revision)).toEqual([
      4, 5,
    ]);
    expect(other.onHint.mock.calls.map(([hint]) => hint.revision)).toEqual([5]);
    expect(channel.newest).toBe(5);
  });

  it.each([
    ['nothing', null],
    ['text', 'fleet'],
    ['no revision', { scope: 'fleet' }],
    ['a revision that is none', { scope: 'fleet', revision: 1.5 }],
    ['another scope', { scope: 'a', revision: 3 }],
  ])('is not taken in by %s', (_, message) => {
    channel.open('fleet', listener);
    signals.send('fettle:fleet', message);
    expect(listener.onHint).not.toHaveBeenCalled();
    expect(channel.isHeard()).toBe(false);
  });

  it('is heard for 12 s after each hint, and says when that ends', () => {
    channel.open('fleet', listener);
    expect(channel.isYoung()).toBe(true);
    pass(5_000);
    beat();
    expect(channel.isHeard()).toBe(true);
    expect(listener.onHeardChange).toHaveBeenCalledTimes(1);
    pass(11_999);
    expect(channel.isHeard()).toBe(true);
    pass(1);
    expect(channel.isHeard()).toBe(false);
    expect(channel.isYoung()).toBe(false);
    expect(listener.onHeardChange).toHaveBeenCalledTimes(2);
  });

  it('after 12 s of silence lets the connection go, and connects anew after the retry of the signals client', () => {
    channel.open('a', listener);
    pass(300);
    beat();
    pass(11_999);
    expect(signals.channels()).toHaveLength(2);
    pass(1);
    expect(signals.channels()).toEqual([]);
    pass(7_999);
    expect(signals.channels()).toEqual([]);
    pass(301);
    expect(signals.channels()).toEqual(['fettle:fleet', 'fettle:a']);
  });

  it('does so again and again until it hears something', () => {
    channel.open('fleet', listener);
    pass(12_000 + 8_000 + 12_000);
    expect(signals.channels()).toEqual([]);
    pass(8_000);
    beat();
    pass(11_000);
    beat();
    pass(11_000);
    expect(signals.channels()).toEqual(['fettle:fleet']);
  });

  it('leaves the signals client to its own retries while requests fail too', () => {
    channel.open('fleet', listener);
    beat();
    channel.unanswered();
    pass(60_000);
    expect(signals.channels()).toEqual(['fettle:fleet']);
    channel.answered();
    pass(11_999);
    expect(signals.channels()).toEqual(['fettle:fleet']);
    pass(1);
    expect(signals.channels()).toEqual([]);
  });

  it('waits while hidden, and 12 s from when it is shown', () => {
    channel.open('fleet', listener);
    hidden = true;
    pass(60_000);
    expect(signals.channels()).toEqual(['fettle:fleet']);
    hidden = false;
    show();
    pass(11_000);
    expect(signals.channels()).toEqual(['fettle:fleet']);
    pass(1_000);
    expect(signals.channels()).toEqual([]);
  });

  it('keeps the connection for a moment when the last listener leaves, for the next page', () => {
    channel.open('a', listener)();
    pass(4_000);
    const release = channel.open('b', listener);
    pass(2_000);
    expect(signals.channels()).toContain('fettle:fleet');
    release();
    pass(5_000);
    expect(signals.channels()).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not connect anew for a page that left meanwhile', () => {
    const release = channel.open('fleet', listener);
    pass(12_000);
    release();
    pass(60_000);
    expect(signals.channels()).toEqual([]);
    channel.open('fleet', listener);
    expect(signals.channels()).toEqual(['fettle:fleet']);
  });
});
