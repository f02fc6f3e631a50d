/** `npx ng serve` beside `npm run dev`: the console reloads as it is edited, and talks to the server that runs. */
const target = 'http://127.0.0.1:8080';

export default Object.fromEntries(['/api', '/docs', '/docs-json', '/health'].map((path) => [path, { target }]));
