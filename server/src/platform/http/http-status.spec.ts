import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataPlaneError, type DataPlaneErrorCode } from '../../data-plane/index.js';
import { STATUS_BY_CODE } from './http-status.js';

const SOURCES = join(import.meta.dirname, '..', '..');

/**
 * Every code of the data plane, and whether a request can meet it: what `admit`, `capabilities`, `capacity` and `logs` throw is answered to the
 * caller, everything else happens in a job. The type holds the list complete.
 */
const DATA_PLANE_CODES: Readonly<Record<DataPlaneErrorCode, 'request' | 'job'>> = {
  insufficient_capacity: 'request',
  unsupported_version: 'request',
  unsupported_platform: 'job',
  initdb_failed: 'job',
  disk_full: 'job',
  port_in_use: 'job',
  server_exited: 'job',
  not_ready: 'job',
  login_refused: 'job',
  data_missing: 'job',
  configure_failed: 'job',
  cluster_unreachable: 'request',
  cluster_forbidden: 'request',
  admission_refused: 'request',
  quota_exceeded: 'job',
  unschedulable: 'job',
  volume_pending: 'job',
  volume_node_conflict: 'job',
  image_pull_failed: 'job',
  out_of_memory: 'job',
  evicted: 'job',
  node_lost: 'job',
  load_balancer_failed: 'job',
  dns_label_taken: 'job',
};

/** No mistake of the caller: the same request goes well later. */
const AWAY: DataPlaneErrorCode = 'cluster_unreachable';

/** Classes that don't fix their code. Those of the first two are looked at below; the third is put into the words of the data plane. */
const WITH_MANY_CODES = new Set(['RequestError', 'DataPlaneError', 'EmbeddedPostgresError']);

function sources(): string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
    .map((path) => readFileSync(join(SOURCES, path), 'utf8'));
}

/** Codes that classes fix, and codes that requests are refused with. */
function codesInSources(): { readonly classes: string[]; readonly fixed: string[]; readonly refused: string[] } {
  const text = sources().join('\n');
  const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => found ?? '');
  return {
    classes: all(/class (\w+) extends DomainError\b/g),
    fixed: all(/^ {2}readonly code = '([a-z0-9_]+)';$/gm),
    refused: all(/new RequestError\(\s*'([a-z0-9_]+)'/g),
  };
}

describe('STATUS_BY_CODE', () => {
  const { classes, fixed, refused } = codesInSources();

  it('knows the code of every domain error', () => {
    expect(classes.length).toBeGreaterThan(5);
    expect(fixed).toHaveLength(classes.filter((name) => !WITH_MANY_CODES.has(name)).length);
    expect(fixed.filter((code) => STATUS_BY_CODE[code] === undefined)).toEqual([]);
  });

  it('knows every code that a request is refused with', () => {
    expect(refused.length).toBeGreaterThan(5);
    expect(refused.filter((code) => STATUS_BY_CODE[code] === undefined)).toEqual([]);
  });

  it('knows what the data plane refuses a request with', () => {
    const met = Object.entries(DATA_PLANE_CODES).filter(([, where]) => where === 'request');
    for (const [code] of met) {
      const { code: known } = new DataPlaneError(code as DataPlaneErrorCode, '', false);
      expect(STATUS_BY_CODE[known]).toBe(known === AWAY ? 503 : 422);
    }
  });

  it('gives none but errors of the caller, and that what is needed is away', () => {
    for (const [code, status] of Object.entries(STATUS_BY_CODE)) {
      if (code === AWAY) {
        continue;
      }
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  });

  it('knows no code that nothing throws', () => {
    const thrown = new Set([
      ...fixed,
      ...refused,
      ...Object.keys(DATA_PLANE_CODES),
      'body_too_large',
      'unsupported_media_type',
    ]);
    expect(Object.keys(STATUS_BY_CODE).filter((code) => !thrown.has(code))).toEqual([]);
  });
});
