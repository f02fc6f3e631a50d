import { describe, expect, it } from 'vitest';
import type { InstanceSpec } from '../data-plane.js';
import { fingerprint, fixedSettings } from './instance-configuration.js';
import { InstanceDirectory } from './instance-directory.js';

const VERIFIER = `SCRAM-SHA-256$4096:c2FsdA==$${'A'.repeat(43)}=:${'B'.repeat(43)}=`;

const spec: InstanceSpec = {
  instanceId: '7b0ed4a4-5c7e-4a0f-9a52-6d6f1b0f4a11',
  k8sName: 'proddb-7b0ed4a4',
  namespace: 'toygres',
  postgresVersion: '18',
  storageSizeGb: 10,
  useLoadBalancer: false,
  dnsLabel: 'proddb',
  tags: {},
  imageType: 'stock',
  image: null,
  superuserVerifier: VERIFIER,
  monitoringVerifier: VERIFIER,
};

describe('fixedSettings', () => {
  it('keep the server on loopback', () => {
    expect(fixedSettings(new InstanceDirectory('/home/instances', spec.k8sName), 15432)).toMatchObject({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      port: 15432,
      hba_file: '/home/instances/proddb-7b0ed4a4/pg_hba.conf',
    });
  });
});

describe('fingerprint', () => {
  it('changes with either verifier and tells neither', () => {
    const prints = [spec, { ...spec, superuserVerifier: 'a' }, { ...spec, monitoringVerifier: 'a' }].map(fingerprint);
    expect(new Set(prints).size).toBe(3);
    expect(prints.join()).not.toContain('SCRAM');
  });
});

describe('InstanceDirectory', () => {
  it.each(['', '..', '../etc', 'a/b', '.hidden', 'UPPER', '-a'])('refuses the name %j', (name) => {
    expect(() => new InstanceDirectory('/home/instances', name)).toThrow('legal for Kubernetes');
  });
});
