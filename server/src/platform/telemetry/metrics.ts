import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics of this process: made once, and shared by the applications of `all`. */
export class Metrics {
  readonly registry = new Registry();

  readonly httpRequests = new Histogram({
    name: 'toygres_http_request_duration_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  });

  readonly eventStreams = new Gauge({
    name: 'toygres_event_streams',
    help: 'Open streams of server-sent events.',
    registers: [this.registry],
  });

  readonly logStreams = new Gauge({
    name: 'toygres_log_streams',
    help: 'Logs of instances that are followed.',
    registers: [this.registry],
  });

  readonly queueJobs = new Gauge({
    name: 'toygres_queue_jobs',
    help: 'Jobs by queue and state.',
    labelNames: ['queue', 'state'],
    registers: [this.registry],
  });

  readonly queueDelay = new Gauge({
    name: 'toygres_queue_delay_seconds',
    help: 'Age of the oldest job that waits.',
    labelNames: ['queue'],
    registers: [this.registry],
  });

  readonly orchestrations = new Counter({
    name: 'toygres_orchestrations_total',
    help: 'Orchestrations that this process has ended, by kind and outcome.',
    labelNames: ['kind', 'outcome'],
    registers: [this.registry],
  });

  readonly activities = new Histogram({
    name: 'toygres_activity_duration_seconds',
    help: 'Time of an attempt of an activity: the latency of a create by stage.',
    labelNames: ['activity', 'outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'toygres_' });
  }

  async render(): Promise<{ readonly contentType: string; readonly body: string }> {
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }
}
