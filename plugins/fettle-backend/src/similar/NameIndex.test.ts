import { NameIndex } from './NameIndex';

const key = (name: string, ecosystem = 'npm') => ({ ecosystem, name });

describe('a name', () => {
  it.each([
    ['a letter less', 'ledger', 'leger', 'one-edit'],
    ['a letter more', 'ledger', 'ledgerr', 'one-edit'],
    ['another letter', 'ledger', 'lodger', 'one-edit'],
    ['two letters swapped', 'ledger', 'ledgre', 'one-edit'],
    ['a letter of another alphabet', 'ledger', 'l\u0435dger', 'one-edit'],
    ['other separators', 'ledger-client', 'ledger_client', 'same-letters'],
    ['separators left out', 'ledger-client', 'ledgerclient', 'same-letters'],
    ['other case', 'ledger', 'Ledger', 'same-letters'],
    ['its scope as a part', '@acme/ledger', 'acme-ledger', 'same-letters'],
    ['its scope left out', '@acme/ledger', 'ledger', 'no-namespace'],
    ['another scope', '@acme/ledger', '@acne/ledger', 'one-edit'],
    ['another group', 'com.acme:ledger', 'com.acne:ledger', 'one-edit'],
    ['another owner', 'example.com/acme/x', 'example.com/acmee/x', 'one-edit'],
    ['__proto__', '__proto__', '__prot__', undefined],
    ['itself', 'ledger', 'ledger', undefined],
    ['two letters', 'ledger', 'lodgers', undefined],
    ['a pair that is not swapped', 'ledger', 'legdre', undefined],
    ['the same scope', '@acme/ledger', '@acme/ledgers', undefined],
    ['the same group', 'com.acme:core', 'com.acme:cora', undefined],
    ['another version', 'h.io/acme/ledger', 'h.io/acme/ledger/v2', undefined],
    ['another scope by far', '@acme/ledger', '@other/ledger', undefined],
    ['a short name', 'ledg', 'ledge', undefined],
    ['nothing', 'ledger', '', undefined],
    ['a long one', 'x'.repeat(101), 'x'.repeat(100), undefined],
  ])('that differs by %s', (_, own, other, likeness) => {
    const index = new NameIndex();
    index.add(key(own), 'p');
    expect(index.near(key(other))[0]?.likeness).toBe(likeness);
    expect(index.near(key(other, 'PyPI'))).toEqual([]);
  });

  it('that is an own one is like none, and is forgotten at its last place', () => {
    const index = new NameIndex();
    index.add(key('ledger'), 'p');
    index.add(key('ledgers'), 'p');
    index.add(key('ledgers'), 'q');
    expect(index.near(key('ledger'))).toEqual([]);
    expect(index.near(key('ledgerz')).map(({ name }) => name)).toEqual([
      ...['ledger', 'ledgers'],
    ]);
    index.remove(key('ledgers'), 'p');
    index.remove(key('ledger'), 'p');
    index.remove(key('ledger'), 'p');
    expect(index.near(key('ledger'))).toMatchObject([{ name: 'ledgers' }]);
    index.remove(key('ledgers'), 'q');
    expect(index.near(key('ledger'))).toEqual([]);
  });
});

it('is found among those of ten thousand repositories in no time', () => {
  const index = new NameIndex();
  const words = ['ledger', 'client', 'server', 'common', 'gateway', 'ui'];
  for (let i = 0; i < 20_000; i++) {
    const name = `@acme/${words[i % 6]}-${words[(i >> 3) % 6]}-${i}`;
    index.add(key(name), `package.json ${i}`);
  }
  const start = performance.now();
  let found = 0;
  for (let i = 0; i < 20_000; i++) {
    found += index.near(key(`@acne/ledger-client-${i}`)).length;
  }
  expect(found).toBeGreaterThan(0);
  // All pairs would take minutes.
  expect(performance.now() - start).toBeLessThan(10_000);
});
