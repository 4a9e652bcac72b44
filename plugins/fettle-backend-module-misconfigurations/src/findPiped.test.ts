import { findPiped } from './findPiped';

it.each([
  ['curl -fsSL https://a.example.com/i | sh', 'a.example.com', 'sh'],
  [
    'wget -qO- https://a.example.com/i | sudo -E bash -s -- -y',
    'a.example.com',
    'bash',
  ],
  ['curl \\\n  https://a.example.com/i \\\n  | /bin/sh', 'a.example.com', 'sh'],
  ['curl https://a.example.com/i | tee log | bash', 'a.example.com', 'bash'],
  ['bash <(curl -s https://a.example.com/i)', 'a.example.com', 'bash'],
  ['sh -c "$(curl -fsSL https://a.example.com/i)"', 'a.example.com', 'sh'],
  ['["sh", "-c", "curl https://a.example.com/i | sh"]', 'a.example.com', 'sh'],
  ['eval "$(wget -qO- https://a.example.com/i)"', 'a.example.com', 'eval'],
  ['curl https://a.example.com/i | sudo python3 -', 'a.example.com', 'python3'],
  ['true && curl "$URL" | env A=1 sh', 'an address', 'sh'],
  ['irm https://a.example.com/i.ps1 | iex', 'a.example.com', 'iex'],
])('finds %s', (script, host, interpreter) => {
  expect(findPiped(script)).toEqual({ host, interpreter });
});

it.each([
  'curl https://a.example.com/i | jq .',
  'curl https://a.example.com/i -o i; sh i',
  'curl https://a.example.com/i || sh fallback.sh',
  'curl https://a.example.com/i | ssh host',
  'curl https://a.example.com/i | shasum -c',
  'curl https://a.example.com/i | sh-lint',
  'echo "$(date)" | sh',
  'VERSION="$(curl https://a.example.com/version)"',
])('does not mind %s', script => {
  expect(findPiped(script)).toBeUndefined();
});

it.each(['curl ', 'curl | ', 'sh ', '|', 'sh $(', 'sudo -a '])(
  'answers to a megabyte of %j',
  part => {
    expect(findPiped(`curl ${part.repeat(1_000_000 / part.length)}`)).toBe(
      undefined,
    );
  },
);
