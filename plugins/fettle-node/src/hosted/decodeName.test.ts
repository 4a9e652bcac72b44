import { decodeName } from './decodeName';

it.each([
  ['plain', Buffer.from('a b.txt'), 'a b.txt'],
  ['of any script', Buffer.from('größe/\u{1F41F}'), 'größe/\u{1F41F}'],
  ['with a byte that is no UTF-8', Buffer.from([0x61, 0xe9]), 'a\\xe9'],
  [
    'with both',
    Buffer.concat([Buffer.from('ä'), Buffer.from([0xff]), Buffer.from('b')]),
    'ä\\xffb',
  ],
])('keeps a name %s', (_, bytes, name) => {
  expect(decodeName(bytes)).toBe(name);
});
