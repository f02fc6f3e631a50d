import { Component, computed, inject, input } from '@angular/core';
import { MatProgressBar } from '@angular/material/progress-bar';
import type { Capacity as CapacityFigures } from '#sdk';
import { Format } from '../../core/format';
import { dashboardText } from './dashboard.text';

/** From here on it is said what comes of it, in percent. */
const TIGHT = 80;
const GB = 1e9;

interface Figure {
  readonly label: string;
  readonly value: string;
  /** Null: there is nothing to compare it with. */
  readonly percent: number | null;
  /** What it means that little is left. */
  readonly warning: string | null;
}

/** What is left to give away. */
@Component({
  selector: 'tg-capacity',
  imports: [MatProgressBar],
  templateUrl: './capacity.html',
  styleUrl: './capacity.scss',
})
export class Capacity {
  readonly capacity = input.required<CapacityFigures>();
  protected readonly text = dashboardText;
  readonly #format = inject(Format);

  protected readonly figures = computed(() =>
    [this.#ports(), this.#disk(), this.#promised()].filter((figure) => figure !== null),
  );

  #ports(): Figure | null {
    const { ports } = this.capacity();
    if (!ports) {
      return null;
    }
    const percent = (ports.used / Math.max(1, ports.total)) * 100;
    const left = ports.total - ports.used;
    return {
      label: dashboardText.ports,
      value: dashboardText.usedOf(this.#format.number(ports.used), this.#format.number(ports.total)),
      percent,
      warning: percent >= TIGHT ? this.#room(left) : null,
    };
  }

  #room(ports: number): string {
    if (ports <= 0) {
      return dashboardText.portsNone;
    }
    return ports === 1 ? dashboardText.portsOne : dashboardText.portsFew(this.#format.number(ports));
  }

  #disk(): Figure | null {
    const { disk } = this.capacity();
    if (!disk) {
      return null;
    }
    const used = disk.total_bytes - disk.free_bytes;
    const percent = (used / Math.max(1, disk.total_bytes)) * 100;
    return {
      label: dashboardText.disk,
      value: dashboardText.usedOf(this.#format.bytes(used), this.#format.bytes(disk.total_bytes)),
      percent,
      warning: percent >= TIGHT ? dashboardText.diskFew(this.#format.bytes(disk.free_bytes)) : null,
    };
  }

  #promised(): Figure {
    const { disk, storage_promised_gb: promised } = this.capacity();
    const percent = disk && ((promised * GB) / Math.max(1, disk.total_bytes)) * 100;
    const value = this.#format.bytes(promised * GB);
    const tight = percent !== null && percent >= TIGHT;
    return {
      label: dashboardText.promised,
      value: disk ? dashboardText.usedOf(value, this.#format.bytes(disk.total_bytes)) : value,
      percent: percent === null ? null : Math.min(100, percent),
      warning: tight ? (percent > 100 ? dashboardText.promisedTooMuch : dashboardText.promisedMost) : null,
    };
  }
}
