import type { Example } from '../Example';
import { made } from '../made';

export const GENERIC: Record<string, Example> = {
  'generic-authorization-header': {
    bad: [
      `curl -H "Authorization: Bearer ${made('letters', 40)}"`,
      `headers: { 'Authorization': 'Basic ${made('base64', 32)}' }`,
    ],
    good: [
      'Authorization: Bearer $TOKEN',
      'Authorization: Bearer <the token of the portal>',
      'headers.authorization = `Bearer ${token}`',
      {
        path: 'docs/api.md',
        text: `Authorization: Bearer ${made('letters', 40)}`,
      },
    ],
  },
  'generic-password': {
    bad: [
      `password = "kR4vq9-zT!w2"`,
      `"dbPassword": "kR4vq9-zT!w2"`,
      `config['passwd'] = 'kR4vq9-zT!w2'`,
      `define('DB_PASSWORD') => 'kR4vq9-zT!w2'`.replace("')", "'"),
    ],
    good: [
      `password = "changeme-now-1"`,
      `password: 'settings.password.label'`,
      `password: process.env.PASSWORD`,
      `password: "\${DB_PASSWORD_1}"`,
      `password = "password123"`,
      `const PASSWORD_FIELD = "password_input"`,
      `passwordPolicy: "https://a.internal/p1"`,
      { path: 'src/login.test.ts', text: `password = "kR4vq9-zT!w2"` },
    ],
  },
  'generic-api-key': {
    bad: [
      `apiKey: "${made('letters', 32)}"`,
      `const SECRET = '${made('hex', 40)}';`,
      `client_secret => "${made('letters', 24)}"`,
    ],
    good: [
      `apiKey: "your-api-key-goes-here1"`,
      `tokenUrl: "https://a.internal/oauth2/token"`,
      `token: "sha256-${made('base64', 43)}="`,
      `secret: "kubernetes-secret-name"`,
      `key: "${made('letters', 32)}"`,
      `token: "1234567890123456"`,
      { path: 'docs/a.md', text: `apiKey: "${made('letters', 32)}"` },
    ],
  },
  'generic-environment-secret': {
    bad: [
      { path: '.env', text: `export SESSION_SECRET=${made('letters', 32)}` },
      { path: 'deploy/prod.env', text: 'DB_PASSWORD=kR4vq9zTw2' },
      { path: 'values.yaml', text: `  apiToken: ${made('letters', 24)}` },
      { path: 'app.properties', text: 'spring.mail.password=kR4vq9zTw2' },
    ],
    good: [
      { path: '.env', text: 'SESSION_SECRET=$FROM_ELSEWHERE' },
      { path: '.env.example', text: 'DB_PASSWORD=kR4vq9zTw2' },
      { path: 'values.yaml', text: '  passwordSecret: my-app-credentials' },
      { path: 'values.yaml', text: '  secretName: ledger-1' },
      { path: 'main.go', text: 'DB_PASSWORD=kR4vq9zTw2' },
      { path: 'values.yaml', text: '  token: /var/run/secrets/token1' },
    ],
  },
};
