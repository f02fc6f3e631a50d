// A control plane of its own, for tests that kill one: runs control-plane.ts from its TypeScript source.
import { runnerImport } from 'vite';

await runnerImport(new URL('control-plane.ts', import.meta.url).pathname);
