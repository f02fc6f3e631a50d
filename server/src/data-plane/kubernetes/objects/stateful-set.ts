import { basename } from 'node:path';
import type { V1Container, V1Probe, V1StatefulSet } from '@kubernetes/client-node';
import { localeArguments } from '../../../platform/embedded-postgres/initdb.js';
import { type Settings, toArguments } from '../../../platform/embedded-postgres/settings.js';
import type { InstancePlan } from '../../data-plane.js';
import type { Applied, Json } from '../json.js';
import type { KubernetesSettings } from '../kubernetes-settings.js';
import { AUTHENTICATION, CONFIGURATION, INITIALISE, PREPARE } from './config-map.js';
import { DURABLE_ENVIRONMENT, DURABLE_SETTINGS } from './durable.js';
import { imageOf } from './image.js';
import { INSTANCE_LABEL, labelsOf, metadataOf } from './identity.js';
import { PATHS } from './scripts.js';
import { SUPERUSER_VERIFIER } from './secret.js';
import { POSTGRES_PORT } from './service.js';

/** Container that the server runs in. */
export const SERVER_CONTAINER = 'postgresql';
/** Init container that runs before it. */
export const PREPARE_CONTAINER = 'prepare';

/** User and group of the official image. */
const POSTGRES_UID = 999;

const SECURITY: NonNullable<V1Container['securityContext']> = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

/** Settings that belong to Toygres. On the command line not even `ALTER SYSTEM` reaches them. */
const FIXED: Settings = {
  config_file: `${PATHS.configuration}/${CONFIGURATION}`,
  hba_file: `${PATHS.configuration}/${AUTHENTICATION}`,
  listen_addresses: '*',
  // To where the cluster reads it.
  log_destination: 'stderr',
  logging_collector: false,
  port: POSTGRES_PORT,
  unix_socket_directories: '/var/run/postgresql',
};

/**
 * The server: one pod, or none while it is stopped. Its claim is no template of it, so that nothing that happens to it touches the volume.
 *
 * @throws DataPlaneError `unsupported_version` where there is no image of the version
 */
export function statefulSetOf(
  plan: InstancePlan,
  settings: KubernetesSettings,
  { replicas }: { readonly replicas: 0 | 1 },
): Applied<V1StatefulSet> {
  const image = imageOf(plan, settings);
  const labels = labelsOf(plan, settings.installation);
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(plan, settings.installation),
    spec: {
      replicas,
      serviceName: plan.k8sName,
      // A pod that can't become ready must not keep the one that could from taking its place.
      podManagementPolicy: 'Parallel',
      revisionHistoryLimit: 1,
      selector: { matchLabels: { [INSTANCE_LABEL]: plan.instanceId } },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: settings.stopSeconds,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: POSTGRES_UID,
            runAsGroup: POSTGRES_UID,
            fsGroup: POSTGRES_UID,
            fsGroupChangePolicy: 'OnRootMismatch',
            seccompProfile: { type: 'RuntimeDefault' },
          },
          ...(settings.pullSecrets.length > 0 && { imagePullSecrets: settings.pullSecrets.map((name) => ({ name })) }),
          ...(Object.keys(settings.nodeSelector).length > 0 && { nodeSelector: settings.nodeSelector }),
          ...(settings.tolerations.length > 0 && { tolerations: settings.tolerations }),
          initContainers: [prepareContainer(image, settings)],
          containers: [serverContainer(image, plan, settings)],
          volumes: [
            { name: 'data', persistentVolumeClaim: { claimName: plan.k8sName } },
            { name: 'configuration', configMap: { name: plan.k8sName, defaultMode: 0o555 } },
            ...(plan.imageType === 'pg_durable' ? [initialiseVolume(plan)] : []),
            { name: 'secret', secret: { secretName: plan.k8sName, defaultMode: 0o440 } },
            // On the disk of the node, which is everybody's.
            { name: 'run', emptyDir: { sizeLimit: '16Mi' } },
            { name: 'tmp', emptyDir: { sizeLimit: '512Mi' } },
            // What parallel queries share; the 64 MB of a container are soon used up.
            { name: 'shared-memory', emptyDir: { medium: 'Memory' } },
          ],
        },
      },
    },
  };
}

/**
 * Takes the place of the folder in the image, whose own script would look for the server where PGHOST says, and not find the one that runs while
 * a data directory is made.
 */
const initialiseVolume = ({ k8sName }: Pick<InstancePlan, 'k8sName'>) => ({
  name: 'initialise',
  configMap: { name: k8sName, defaultMode: 0o555, items: [{ key: INITIALISE, path: basename(PATHS.initialise) }] },
});

function prepareContainer(image: string, { resources }: KubernetesSettings): Json<V1Container> {
  return {
    name: PREPARE_CONTAINER,
    image,
    command: ['bash', `${PATHS.configuration}/${PREPARE}`],
    resources,
    securityContext: SECURITY,
    volumeMounts: [
      { name: 'data', mountPath: PATHS.volume },
      { name: 'configuration', mountPath: PATHS.configuration, readOnly: true },
      { name: 'secret', mountPath: PATHS.secret, readOnly: true },
      { name: 'run', mountPath: '/var/run/postgresql' },
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'shared-memory', mountPath: '/dev/shm' },
    ],
  };
}

function serverContainer(
  image: string,
  { postgresVersion, imageType }: InstancePlan,
  { resources }: KubernetesSettings,
): Json<V1Container> {
  const isDurable = imageType === 'pg_durable';
  return {
    name: SERVER_CONTAINER,
    image,
    args: ['postgres', ...toArguments(isDurable ? { ...FIXED, ...DURABLE_SETTINGS } : FIXED)],
    env: [
      { name: 'PGDATA', value: PATHS.data },
      { name: 'POSTGRES_PASSWORD_FILE', value: `${PATHS.secret}/${SUPERUSER_VERIFIER}` },
      { name: 'POSTGRES_INITDB_ARGS', value: initdbArguments(postgresVersion) },
      ...(isDurable ? DURABLE_ENVIRONMENT : []),
    ],
    ports: [{ name: 'postgresql', containerPort: POSTGRES_PORT, protocol: 'TCP' }],
    resources,
    securityContext: SECURITY,
    // A server that recovers answers, and refuses: it is alive, however long that takes, and not ready.
    startupProbe: { ...answers(2), periodSeconds: 1, failureThreshold: 3600 },
    livenessProbe: { ...answers(2), periodSeconds: 10, failureThreshold: 6 },
    readinessProbe: { ...answers(1), periodSeconds: 2, failureThreshold: 2 },
    // Not the wait for all clients to leave, which is what a SIGTERM asks for.
    lifecycle: {
      preStop: { exec: { command: ['pg_ctl', 'stop', '--mode=fast', '--no-wait', `--pgdata=${PATHS.data}`] } },
    },
    volumeMounts: [
      { name: 'data', mountPath: PATHS.volume },
      { name: 'configuration', mountPath: PATHS.configuration, readOnly: true },
      isDurable
        ? { name: 'initialise', mountPath: PATHS.initialiseFolder, readOnly: true }
        : { name: 'configuration', mountPath: PATHS.initialise, subPath: INITIALISE, readOnly: true },
      { name: 'secret', mountPath: PATHS.secret, readOnly: true },
      { name: 'run', mountPath: '/var/run/postgresql' },
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'shared-memory', mountPath: '/dev/shm' },
    ],
  };
}

/**
 * Asks the server over TCP, as clients do: while a data directory is made, a server runs that listens on its socket only.
 *
 * @param below exit codes that are a success: 0 accepts connections, 1 is starting or recovering, 2 does not answer
 */
function answers(below: 1 | 2): Json<V1Probe> {
  const ask = `pg_isready --quiet --host=127.0.0.1 --port=${String(POSTGRES_PORT)} --timeout=3`;
  return { exec: { command: ['sh', '-c', `${ask}; test $? -lt ${String(below)}`] }, timeoutSeconds: 5 };
}

/** As on the local data plane, so that data sort alike everywhere. */
function initdbArguments(postgresVersion: string): string {
  return ['--encoding=UTF8', '--data-checksums', ...localeArguments(Number(postgresVersion), 'linux')].join(' ');
}
