/** `npm run generate`: what of src/ is made from the contract. */
export default {
  input: './openapi.json',
  output: {
    path: './src/generated',
    module: { extension: '.js' },
    header: [
      '// Made by @hey-api/openapi-ts from openapi.json. Run `npm run openapi` instead of editing it.',
      '// @ts-nocheck: the client that it brings along is not written for exactOptionalPropertyTypes, which this repository is checked with.',
    ],
  },
  logs: { file: false },
  plugins: [
    { name: '@hey-api/client-fetch', baseUrl: false },
    '@hey-api/typescript',
    { name: '@hey-api/sdk', operations: { strategy: 'flat' } },
  ],
};
