import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { RouterLink } from '@angular/router';
import type { Readiness, Stats } from '#sdk';
import { Capabilities } from '../../core/capabilities';
import { Format } from '../../core/format';
import { TOYGRES } from '../../core/toygres';
import { liveQuery } from '../../live/live-query';
import { firstRunText } from './dashboard.text';

interface Proof {
  readonly ok: boolean;
  readonly sentence: string;
}

/** In the place of the dashboard while there is no instance: what this is, how it begins, and proof that it can begin. */
@Component({
  selector: 'tg-first-run',
  imports: [MatButton, MatIcon, RouterLink],
  templateUrl: './first-run.html',
  styleUrl: './first-run.scss',
})
export class FirstRun {
  readonly stats = input.required<Stats>();
  protected readonly text = firstRunText;
  protected readonly prompt = '$';
  protected readonly command = 'psql';
  readonly #toygres = inject(TOYGRES);
  readonly #offer = inject(Capabilities).value;
  readonly #format = inject(Format);
  readonly #readiness = liveQuery<true, Readiness>({
    params: () => true,
    load: (_, signal) => this.#toygres.readiness({ signal }),
  });

  readonly #local = computed(() => this.#offer()?.data_plane !== 'kubernetes');
  protected readonly lead = computed(() => (this.#local() ? firstRunText.leadLocal : firstRunText.leadCluster));
  protected readonly steps = computed(() => {
    const usual = this.#offer()?.usual_create_ms ?? null;
    const usually = usual === null ? '' : ` ${firstRunText.usually(this.#format.duration(usual))}`;
    return firstRunText.steps.map((step, index) => ({
      number: this.#format.number(index + 1),
      title: step.title,
      hint: index === 1 ? step.hint + usually : step.hint,
    }));
  });
  /** The form of what the details page gives; the port is the first that is free. */
  protected readonly conninfo = computed(() => {
    const region = this.#offer()?.regions[0];
    const host = region === undefined ? 'host=localhost port=15432' : `host=my-first-db.${region}.cloudapp.azure.com`;
    return `"${host} user=postgres"`;
  });
  protected readonly proofs = computed(() => [...this.#ready(), ...this.#versions(), ...this.#disk()]);

  #ready(): readonly Proof[] {
    const components = this.#readiness.value()?.components;
    if (!components) {
      return [];
    }
    const { database, queue, migrations, data_plane: dataPlane } = components;
    const broken = [database, queue, migrations].find(({ status }) => status === 'failing');
    const why = (reason: string | null): string => reason ?? firstRunText.noReason;
    return [
      broken
        ? { ok: false, sentence: firstRunText.serverFailing(why(broken.reason)) }
        : { ok: true, sentence: firstRunText.server },
      dataPlane.status === 'failing'
        ? { ok: false, sentence: firstRunText.dataPlaneFailing(why(dataPlane.reason)) }
        : { ok: true, sentence: firstRunText.dataPlane },
    ];
  }

  #versions(): readonly Proof[] {
    const majors = (this.#offer()?.versions ?? []).map(({ major }) => major).sort((a, b) => Number(a) - Number(b));
    const [first] = majors;
    const last = majors.at(-1);
    if (first === undefined || last === undefined) {
      return [];
    }
    return [{ ok: true, sentence: first === last ? firstRunText.version(first) : firstRunText.versions(first, last) }];
  }

  #disk(): readonly Proof[] {
    const { disk } = this.stats().capacity;
    return disk ? [{ ok: true, sentence: firstRunText.free(this.#format.bytes(disk.free_bytes)) }] : [];
  }
}
