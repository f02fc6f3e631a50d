import { Component, computed, inject, input } from '@angular/core';
import type { InstanceDetails } from '#sdk';
import { Format } from '../../../../core/format';
import { Ago } from '../../../../ui/ago';
import { CopyButton } from '../../../../ui/copy-button';
import { healthKind, Status } from '../../../../ui/status';
import { overviewText } from './overview.text';
import { ProtectionSwitch } from './protection-switch';
import { TagsEditor } from './tags-editor';

interface Fact {
  readonly label: string;
  readonly value: string;
  readonly code?: boolean;
  /** When it was true. */
  readonly at?: string;
}

/** What is known about an instance, a line each. */
@Component({
  selector: 'tg-instance-facts',
  imports: [Ago, CopyButton, ProtectionSwitch, Status, TagsEditor],
  templateUrl: './instance-facts.html',
  styleUrl: './instance-facts.scss',
})
export class InstanceFacts {
  readonly instance = input.required<InstanceDetails>();
  protected readonly text = overviewText;
  readonly #format = inject(Format);
  protected readonly health = computed(() => healthKind(this.instance()));

  protected readonly facts = computed<readonly Fact[]>(() => {
    const instance = this.instance();
    const { usage } = instance;
    const size = `${this.#format.number(instance.storage_size_gb)} GB`;
    const counted = (label: string, count: number | null | undefined): readonly Fact[] =>
      usage && count != null ? [{ label, value: this.#format.number(count), at: usage.at }] : [];
    return [
      { label: overviewText.k8sName, value: instance.k8s_name, code: true },
      { label: overviewText.namespace, value: instance.namespace },
      {
        label: overviewText.version,
        value: instance.server_version?.replace(/^PostgreSQL /, '') ?? instance.postgres_version,
      },
      ...this.#image(instance),
      { label: overviewText.dnsName, value: instance.dns_name, code: true },
      {
        label: overviewText.storage,
        value: usage?.data_bytes == null ? size : overviewText.storageUsed(size, this.#format.bytes(usage.data_bytes)),
      },
      ...(instance.external_ip === null
        ? []
        : [{ label: overviewText.externalIp, value: instance.external_ip, code: true }]),
      {
        label: overviewText.networking,
        value: instance.use_load_balancer ? overviewText.loadBalancer : overviewText.noLoadBalancer,
      },
      { label: overviewText.createdAt, value: this.#format.absolute(instance.created_at) },
      ...(instance.deleted_at === null
        ? []
        : [{ label: overviewText.deletedAt, value: this.#format.absolute(instance.deleted_at) }]),
      ...(instance.purge_at === null
        ? []
        : [{ label: overviewText.keptUntil, value: this.#format.absolute(instance.purge_at) }]),
      ...(instance.purged_at === null
        ? []
        : [{ label: overviewText.purgedAt, value: this.#format.absolute(instance.purged_at) }]),
      ...counted(overviewText.connections, usage?.connections),
      ...counted(overviewText.databases, usage?.databases),
      { label: overviewText.id, value: instance.id, code: true },
    ];
  });

  /** What the server is made of, where that is not the official image. */
  #image({ image_type: type, runtime_image: name, image }: InstanceDetails): readonly Fact[] {
    if (name !== null) {
      return [
        { label: overviewText.image, value: name },
        ...(image === null ? [] : [{ label: overviewText.imageDigest, value: image, code: true }]),
      ];
    }
    return type === 'pg_durable' ? [{ label: overviewText.image, value: overviewText.durableImage }] : [];
  }
}
